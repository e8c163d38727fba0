using System.Text;
using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Nodes.Parallel;

/// <summary>Runs its branches at the same time. All grants are given before the first branch starts, so none starves another.</summary>
internal sealed class ParallelRunner : INodeRunner
{
    private readonly ParallelNode _node;
    private readonly NodeContext _context;
    private readonly RunningNode[] _branches;

    public ParallelRunner(ParallelNode node, NodeContext context)
    {
        _node = node;
        _context = context;
        _branches = [.. node.Branches.Select(branch => context.Open(branch))];
    }

    public async ValueTask<NodeResult> RunAsync(int visit, CancellationToken cancellationToken)
    {
        int wanted = _node.Join is { } join ? Math.Min(join, _branches.Length) : _branches.Length;
        Grant[] grants = Grants.GiveEach(_context.Run, [.. _branches.Select(branch => (branch.Path, _node.Grants.GetValueOrDefault(branch.Definition.Name)))]);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var finished = new Countdown(wanted, enough);
        var running = new Task<NodeResult>[_branches.Length];
        for (int i = 0; i < running.Length; i++)
            running[i] = RunBranchAsync(_branches[i], grants[i], finished, enough.Token);
        return Join(await Task.WhenAll(running), wanted, cancellationToken.IsCancellationRequested);
    }

    private async Task<NodeResult> RunBranchAsync(RunningNode branch, Grant grant, Countdown finished, CancellationToken cancellationToken)
    {
        NodeResult result = await Grants.UseAsync(_context.Run, grant, branch.VisitAsync, cancellationToken);
        if (result.Status == NodeStatus.Done)
            finished.Signal();
        return result;
    }

    private NodeResult Join(NodeResult[] results, int wanted, bool cancelled)
    {
        var outputs = new JsonObject();
        var failures = new StringBuilder();
        BudgetRefusal? refusal = null;
        NodeResult? waiting = null;
        int done = 0;
        for (int i = 0; i < results.Length; i++)
        {
            NodeResult result = results[i];
            NodeDefinition branch = _branches[i].Definition;
            if (result.Status == NodeStatus.Done)
            {
                done++;
                outputs[branch.Name] = result.Output?.Parent is null ? result.Output : result.Output.DeepClone();
            }
            else if (result.Status == NodeStatus.Waiting)
            {
                waiting ??= result;
            }
            else if (result.Status != NodeStatus.Cancelled)
            {
                failures.Append(failures.Length == 0 ? "" : " ").Append($"Branch '{branch.Name}': {result.Reason}");
                refusal ??= result.Refusal;
            }
        }

        if (done >= wanted)
            return NodeResult.Done(outputs);
        if (cancelled)
            return NodeResult.Cancelled;
        return waiting ?? NodeResult.Failed($"Only {done} of the {wanted} branches that node '{_context.Path}' needs have finished. {failures}", outputs, refusal);
    }

    /// <summary>Cancels the rest when enough branches have finished.</summary>
    private sealed class Countdown(int wanted, CancellationTokenSource rest)
    {
        private int _left = wanted;

        public void Signal()
        {
            if (Interlocked.Decrement(ref _left) == 0)
                rest.Cancel();
        }
    }
}
