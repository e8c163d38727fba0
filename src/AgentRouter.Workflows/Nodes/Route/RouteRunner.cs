using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Routing.Policies;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Agent;

namespace AgentRouter.Workflows.Nodes.Route;

/// <summary>Chooses who works, lets the chosen agent work as an agent node does, and learns when the work is verified.</summary>
internal sealed class RouteRunner : INodeRunner
{
    private const int MostOfKind = 80;

    private readonly RouteNode _node;
    private readonly NodeContext _context;
    private readonly RouteChooser _chooser;
    private readonly RouteLessons _lessons;
    private readonly AgentRunner?[] _agents;
    private readonly RouteFanOut? _fanOut;
    private AgentRunner? _working;

    public RouteRunner(RouteNode node, NodeContext context)
    {
        _node = node;
        _context = context;
        _chooser = new RouteChooser(node, context.Scope, context.Run.Preferences, context.Run.PreferenceSettings);
        _lessons = new RouteLessons(node, context);
        // rules of the router know the node by its own name, whoever works in it
        _agents = [.. node.Candidates.Select(candidate => candidate.Agent is { } agent
            ? new AgentRunner(new AgentNode { Name = node.Name, Agent = agent, Prompt = node.Prompt }, context)
            : null)];
        _fanOut = node is { FanOut: > 1, Refiner: not null } ? new RouteFanOut(node, context, _lessons) : null;
    }

    /// <inheritdoc/>
    public bool MayRepeat => _working is null || _working.MayRepeat;

    public ValueTask<NodeResult> RunAsync(int visit, CancellationToken cancellationToken)
    {
        RouteChoice choice = _chooser.Choose(TaskKind(), _context.Path, _context.Run.Log?.Replay?.Peek(_context.Path, null) as AgentRouted);
        _context.Run.Log?.Emit(new AgentRouted(
            choice.TaskKind, [.. choice.Chosen.Select(i => _node.Candidates[i].Name)], choice.Reason, choice.Candidates)
        { Node = _context.Path });
        return choice.Chosen is [var chosen] ? WorkAsync(choice, chosen, visit, cancellationToken) : _fanOut!.RunAsync(choice, cancellationToken);
    }

    private async ValueTask<NodeResult> WorkAsync(RouteChoice choice, int chosen, int visit, CancellationToken cancellationToken)
    {
        RouteTrial trial = _lessons.Begin(choice, chosen);
        _working = _agents[chosen];
        try
        {
            return _working is { } agent ? await agent.RunAsync(visit, cancellationToken) : NodeResult.Skipped;
        }
        catch (Exception exception) when (exception is NodeFailedException or BudgetExceededException or TaskGivenUpException)
        {
            trial.Judge(false);
            throw;
        }
        catch (OperationCanceledException)
        {
            trial.BreakOff();
            throw;
        }
        catch
        {
            // no provider answers: that says nothing about the agent
            trial.Drop();
            throw;
        }
        finally
        {
            trial.End();
        }
    }

    private string TaskKind() =>
        TextLimit.CutToBytes(_node.TaskKind?.Render(_context.Scope).Trim() ?? "", MostOfKind) is { Length: > 0 } kind ? kind : _context.Workflow.Definition.Name;
}
