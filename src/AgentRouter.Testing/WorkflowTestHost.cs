using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Identity;
using AgentRouter.Memory;
using AgentRouter.Models;
using AgentRouter.Providers.Scripted;
using AgentRouter.Routing;
using AgentRouter.Routing.Policies;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Yaml;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Testing;

/// <summary>Runs a workflow in a test: the real engine and the real router, models that answer from a script, a clock that the
/// test moves, ids that count up. Runs of the same host with the same script end the same way.</summary>
public sealed class WorkflowTestHost
{
    private readonly Func<IReadOnlyList<IToolSource>, WorkflowDefinition> _load;

    /// <summary>Makes a host for a workflow file.</summary>
    /// <param name="workflowFile">The file. It is loaded when a run starts, and checked against <see cref="Tools"/>.</param>
    public WorkflowTestHost(string workflowFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(workflowFile);
        _load = tools => WorkflowLoader.Load(workflowFile, new WorkflowLoadOptions { Tools = tools }).OrThrow();
    }

    /// <summary>Makes a host for a workflow made in C#.</summary>
    /// <param name="workflow">The workflow; valid.</param>
    public WorkflowTestHost(WorkflowDefinition workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        _load = _ => workflow;
    }

    /// <summary>Gets or sets what the two models of <see cref="TestModels"/> answer; a <see cref="TestScript"/> fits here.
    /// <see langword="null"/> takes the script that the workflow names.</summary>
    public Script? Script { get; set; }

    /// <summary>Gets or sets the models, where scripted ones are not enough; they take the place of <see cref="Script"/>.</summary>
    public ModelSet? Models { get; set; }

    /// <summary>Gets the tools that the workflow may use: <see cref="TestTools"/>, or real ones.</summary>
    public IList<IToolSource> Tools { get; } = [];

    /// <summary>Gets the router's options. Without a policy the workflow's own is used. Failed calls are tried again without a wait.</summary>
    public StepRoutingOptions Routing { get; } = new() { Retry = { FirstDelay = TimeSpan.Zero } };

    /// <summary>Gets or sets the budget; the workflow's own when not set.</summary>
    public Budget? Budget { get; set; }

    /// <summary>Gets or sets what agents with <c>memory</c> read and write; the caller's, so that several runs can share it. <see langword="null"/> for none.</summary>
    public GraphMemory? Memory { get; set; }

    /// <summary>Gets or sets who answers the workflow's questions; nobody when not set.</summary>
    public IPersonChannel? Person { get; set; }

    /// <summary>Gets or sets the folder that workspace tools work in; the input <c>workspace</c> when not set.</summary>
    public string? WorkspaceRoot { get; set; }

    /// <summary>Gets or sets where runs are recorded; nowhere when not set.</summary>
    public IRunStore Store { get; set; } = NullRunStore.Instance;

    /// <summary>Gets the clock of the run. It stands still until the test moves it.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Gets or sets how much real time a run may take before it is given up as stuck. The default is 30 seconds.</summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Runs the workflow to its end.</summary>
    /// <param name="inputs">The inputs by name.</param>
    /// <exception cref="Configuration.ConfigurationException">The workflow, its script or an input is not valid.</exception>
    /// <exception cref="RunAssertionException">The run is stuck; says at which node.</exception>
    public async Task<TestRun> RunAsync(params (string Name, JsonNode? Value)[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using var stop = new CancellationTokenSource();
        try
        {
            return await FinishAsync(Start(inputs, stop.Token));
        }
        finally
        {
            // a run that is stuck does not outlive the test
            await stop.CancelAsync();
        }
    }

    /// <summary>Starts a run and returns at once, for tests that move the clock or cancel while it goes on.</summary>
    /// <param name="inputs">The inputs by name.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The run; <see cref="FinishAsync"/> waits for its end.</returns>
    /// <exception cref="Configuration.ConfigurationException">The workflow, its script or an input is not valid.</exception>
    public WorkflowRun Start(IEnumerable<(string Name, JsonNode? Value)>? inputs = null, CancellationToken cancellationToken = default)
    {
        WorkflowDefinition workflow = _load([.. Tools]);
        ModelSet models = Models ?? TestModels.From(Script ?? ScriptOf(workflow), Clock);
        Routing.TimeProvider = Clock;
        Routing.Ids ??= new SequentialIdGenerator("task");
        Routing.Policy ??= PolicyOf(workflow);
        Routing.Tiers ??= workflow.Router.Tiers;
        var router = new StepRoutingChatClient(models, Routing, ownsModels: false);
        var engine = new WorkflowEngine(new WorkflowEngineOptions
        {
            Models = models,
            Router = router,
            Tools = [.. Tools],
            TimeProvider = Clock,
            IdGenerator = new SequentialIdGenerator(),
            Person = Person,
            Memory = Memory,
            Store = Store,
        });
        return engine.Start(workflow, new RunRequest
        {
            Inputs = (inputs ?? []).ToDictionary(input => input.Name, input => input.Value),
            Budget = Budget,
            WorkspaceRoot = WorkspaceRoot,
        }, cancellationToken);
    }

    /// <summary>Reads the events of a run and waits for its end.</summary>
    /// <param name="run">A run of <see cref="Start"/> whose events nobody has read.</param>
    /// <exception cref="RunAssertionException">The run is stuck; says at which node.</exception>
    public async Task<TestRun> FinishAsync(WorkflowRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        List<RunEvent> events = [];
        using var stuck = new CancellationTokenSource(StuckAfter, TimeProvider.System);
        try
        {
            await foreach (RunEvent next in run.ReadEventsAsync(stuck.Token))
                events.Add(next);
        }
        catch (OperationCanceledException) when (stuck.IsCancellationRequested)
        {
            throw new RunAssertionException(
                $"The run has not ended after {StuckAfter.TotalSeconds:0.###} s of real time. If it waits for the clock, move it: host.Start(...), host.Clock.Advance(...), host.FinishAsync(run).",
                events);
        }

        return new TestRun(await run.Completion, events);
    }

    private static Script ScriptOf(WorkflowDefinition workflow) => workflow.Script is { } file
        ? Script.Load(file)
        : throw new InvalidOperationException($"Workflow '{workflow.Name}' names no script: set Script, as in TestScript.For(\"…\").Always().Says(\"…\"), or Models.");

    private static IRoutingPolicy? PolicyOf(WorkflowDefinition workflow) =>
        workflow.Router.Policy is { } name ? workflow.Router.CreatePolicy(name) : null;
}
