using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Expressions;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Nodes.Map;

/// <summary>Runs its body for each element, several at a time; the outputs keep the order of the list.</summary>
/// <remarks>An element gets an equal share of what is left for the elements that have none yet, so what one leaves serves the rest.</remarks>
internal sealed class MapRunner : INodeRunner
{
    private const int MaxReported = 5;

    private readonly MapNode _node;
    private readonly NodeContext _context;

    public MapRunner(MapNode node, NodeContext context)
    {
        _node = node;
        _context = context;
        // makes known which tools the body needs
        _ = Open(null, 0);
    }

    public async ValueTask<NodeResult> RunAsync(int visit, CancellationToken cancellationToken)
    {
        ExpressionValue over = _node.Over.Evaluate(_context.Scope);
        if (over.Node is not JsonArray list)
            throw new NodeFailedException($"Node '{_context.Path}' needs a list, but '{_node.Over}' is {(over.Kind == ExpressionValueKind.Null ? "nothing" : "a " + over.Kind.ToString().ToLowerInvariant())}.");
        var work = new Work(list, new NodeResult[list.Count], new Lock());
        // what no worker comes to because the run was broken off
        Array.Fill(work.Results, NodeResult.Cancelled);
        var workers = new Task[Math.Min(Math.Max(1, _node.Parallelism), list.Count)];
        for (int i = 0; i < workers.Length; i++)
            workers[i] = WorkAsync(work, cancellationToken);
        await Task.WhenAll(workers);
        return Join(work.Results, cancellationToken.IsCancellationRequested);
    }

    private async Task WorkAsync(Work work, CancellationToken cancellationToken)
    {
        // asked before an element is taken: whoever takes one holds its share until it is used
        while (!cancellationToken.IsCancellationRequested && work.TryTake(_context, out int index, out Grant grant))
            work.Results[index] = await Grants.UseAsync(_context.Run, grant, token => Open(work.List[index], index).VisitAsync(token), cancellationToken);
    }

    private RunningNode Open(JsonNode? item, int index) => _context.Open(
        _node.Body, new ItemScope(_context.Scope, _node.As, item, index), index.ToString(CultureInfo.InvariantCulture));

    private NodeResult Join(NodeResult[] results, bool cancelled)
    {
        var outputs = new JsonArray();
        var failures = new StringBuilder();
        BudgetRefusal? refusal = null;
        NodeResult? waiting = null;
        int failed = 0;
        for (int i = 0; i < results.Length; i++)
        {
            NodeResult result = results[i];
            JsonNode? output = result.Status == NodeStatus.Done ? result.Output : null;
            outputs.Add(output?.Parent is null ? output : output.DeepClone());
            if (result.Status == NodeStatus.Waiting)
                waiting ??= result;
            if (result.Status is NodeStatus.Failed or NodeStatus.BudgetExceeded && ++failed <= MaxReported)
                failures.Append(CultureInfo.InvariantCulture, $" Element {i}: {result.Reason}");
            refusal ??= result.Refusal;
        }

        if (cancelled)
            return NodeResult.Cancelled;
        if (failed > 0)
            return NodeResult.Failed($"{failed} of the {results.Length} elements of node '{_context.Path}' failed.{failures}", outputs, refusal);
        return waiting ?? NodeResult.Done(outputs);
    }

    private sealed record Work(JsonArray List, NodeResult[] Results, Lock Lock)
    {
        private int _next;

        // taking an element and its share is one step, so that two workers never count on the same money
        public bool TryTake(NodeContext context, out int index, out Grant grant)
        {
            lock (Lock)
            {
                index = _next;
                grant = default;
                if (index >= Results.Length)
                    return false;
                _next++;
                grant = Grants.GiveShare(context.Run, $"{context.Path}/{index.ToString(CultureInfo.InvariantCulture)}", Results.Length - index);
                return true;
            }
        }
    }
}
