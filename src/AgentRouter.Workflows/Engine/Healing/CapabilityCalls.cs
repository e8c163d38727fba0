using System.Collections.Concurrent;
using AgentRouter.Budgets;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Escalation;
using AgentRouter.Tools.Healing.Functions;
using AgentRouter.Workflows.Definitions;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Engine.Healing;

/// <summary>Reaches the goals that the nodes of a run ask for.</summary>
internal sealed class CapabilityCalls(RunSession run, ToolHealer? healer)
{
    /// <summary>Whose the calls are that ask a model for a way.</summary>
    private const string AgentName = "healing";

    private readonly ConcurrentDictionary<string, bool> _satisfied = new(StringComparer.Ordinal);
    private readonly RunToolCaller _caller = new(run);

    /// <summary>Gets the capabilities that are satisfied in this run.</summary>
    public bool IsSatisfied(string capability) => _satisfied.ContainsKey(capability);

    /// <summary>Reaches a goal within a tool step that has begun.</summary>
    public async Task<GoalResult> ReachAsync(CapabilityFunction function, AIFunctionArguments arguments, TaskScope scope, int step, CancellationToken cancellationToken)
    {
        string node = scope.Node ?? "";
        string key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{step}");
        GoalResult result = await healer!.ReachAsync(
            new GoalRequest(function.Goal, _caller)
            {
                Facts = function.FactsOf(arguments),
                Key = $"{run.RunId}/{key}",
                CallPrefix = key,
                Events = run.Log,
                Recall = run.Log is { Replay: not null } log ? new RunHealingRecall(log, scope.Node, step) : null,
                Node = scope.Node,
                Step = step,
                Ledger = scope.Ledger,
                Model = new ModelEscalation(run.Chat, options => options.WithStep(new StepIdentity(run.RunId, run.WorkflowName, NameOf(node), AgentName, null)))
                {
                    EndsTask = exception => exception is BudgetExceededException or RunWaitsException,
                },
                Person = run.ToolRules.OnDoubt == OnDoubt.Fail && run.Person is null ? null : new DeskEscalation(run, node, step),
            },
            cancellationToken);
        foreach (string need in function.Goal.Needs.Except(result.Missing).Except(result.OnWord))
            _satisfied[need] = true;
        return result;
    }

    /// <summary>Makes the tools that stand for the capabilities of a graph.</summary>
    public static IReadOnlyList<OpenTool> ToolsOf(CapabilityGraph graph) =>
    [
        .. graph.Goals.Concat(graph.Capabilities.Where(capability => !graph.Goals.Any(goal => goal.Name == capability)).Select(capability => graph.FindGoal(capability)!)).Select(goal =>
        {
            var function = new CapabilityFunction(graph, goal, (_, _, _) => throw new InvalidOperationException("A capability of a run is reached by the run."));
            return new OpenTool(CapabilityTools.Describe(graph, function), function);
        }),
    ];

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
