using System.Diagnostics;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing;
using AgentRouter.Routing.Policies.Threshold;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.Branch;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Nodes.Tool;
using AgentRouter.Workflows.Runs;
using Microsoft.Extensions.AI;

namespace AgentRouter.Bench.Journal;

/// <summary>What a step of the loop does.</summary>
internal enum LoopStep
{
    /// <summary>A node that only chooses the way on, as a step of an engine without models does.</summary>
    Node,

    /// <summary>An agent node with one LLM call: routed, reserved, sent, answered, settled.</summary>
    Call,
}

/// <summary>A workflow that makes a value of some size, keeps it untouched, and then loops.</summary>
internal sealed class JournalLoop : IDisposable
{
    private readonly ModelSet _models = new();
    private readonly StepRoutingChatClient _router;
    private readonly WorkflowDefinition _workflow;
    private readonly List<IToolSource> _tools;
    private readonly int _steps;

    public JournalLoop(LoopStep step, int steps, int stateBytes)
    {
        _steps = steps;
        _models.Add(new ModelProfile { Name = "small", Tier = "small", Prices = new ModelPrices(0.10m, 0.40m) }, new AnsweringClient());
        _models.Add(new ModelProfile { Name = "large", Tier = "large", Prices = new ModelPrices(2m, 8m) }, new AnsweringClient());
        var options = new StepRoutingOptions();
        options.UseThreshold();
        _router = new StepRoutingChatClient(_models, options, ownsModels: false);
        _tools = [new StateTool(stateBytes)];
        _workflow = Loop(step, steps);
    }

    /// <summary>Runs the loop once.</summary>
    /// <param name="store">Where it is recorded.</param>
    /// <param name="runId">The run.</param>
    /// <returns>The seconds it took.</returns>
    public async Task<double> RunAsync(IRunStore store, string runId)
    {
        var engine = new WorkflowEngine(new WorkflowEngineOptions { Models = _models, Router = _router, PolicyName = _router.PolicyName, Store = store, Tools = _tools });
        long began = Stopwatch.GetTimestamp();
        RunResult result = await engine.Start(_workflow, new RunRequest { RunId = runId, StreamEvents = false }).Completion.ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return result.Outcome == RunOutcome.Succeeded ? seconds : throw new InvalidOperationException($"The loop ended {result.Outcome}: {result.Reason}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _router.Dispose();
        _models.Dispose();
    }

    private static WorkflowDefinition Loop(LoopStep step, int steps)
    {
        var names = new ExpressionNames(new Dictionary<string, DataType>(), ["state", "work", "done"]);
        IReadOnlyList<EdgeDefinition> next = [new("work", Expression.Parse($"visits('work') < {steps}", names), default), new("done", null, default)];
        NodeDefinition work = step == LoopStep.Node
            ? new BranchNode { Name = "work", Next = next }
            : new AgentNode
            {
                Name = "work",
                Agent = new AgentDefinition { Name = "worker", Instructions = Template.Parse("You are a worker.", names) },
                Prompt = Template.Parse("Do the next piece of work.", names),
                Next = next,
            };
        return new WorkflowDefinition
        {
            Name = "loop",
            MaxVisits = steps + 10,
            Budget = new Budget { Usd = 1_000m, Calls = steps * 2 },
            Nodes =
            [
                new ToolNode { Name = "state", Tool = "state.make", Next = [new EdgeDefinition("work", null, default)] },
                work,
                new EndNode { Name = "done", Outcome = RunOutcome.Succeeded },
            ],
        };
    }

    private sealed class StateTool(int bytes) : IToolSource, IToolSession
    {
        private readonly string _state = Prose.Of(bytes);

        public string Name => "state";

        public IReadOnlyList<ToolDescription> Descriptions => [.. Tools.Select(tool => tool.Description)];

        public IReadOnlyList<OpenTool> Tools =>
        [
            new(new ToolDescription("state.make", "Makes the state.", DataType.Text) { IsIdempotent = true }, AIFunctionFactory.Create(() => _state, "state_make")),
        ];

        public ValueTask<IToolSession> OpenAsync(ToolContext context, CancellationToken cancellationToken = default) => new(this);

        public ValueTask DisposeAsync() => default;
    }
}
