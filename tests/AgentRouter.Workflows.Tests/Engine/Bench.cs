using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Identity;
using AgentRouter.Memory;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Reranking;
using AgentRouter.Skills.Sources;
using AgentRouter.Tools;
using AgentRouter.Tools.Health;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.Branch;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Nodes.Tool;
using AgentRouter.Workflows.Runs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Workflows.Tests.Engine;

/// <summary>What a test of the engine works with: one model behind the real router, a clock that stands still, ids that count up.</summary>
internal sealed class Bench
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public Bench(IChatClient? model = null)
    {
        Model = model ?? FakeModel.Saying("ok");
        Models = new ModelSet().Add(new ModelProfile { Name = "small-1", Tier = "small", Prices = new ModelPrices(1, 2) }, Model);
    }

    public IChatClient Model { get; }

    public ModelSet Models { get; set; }

    public StepRoutingOptions Routing { get; } = new();

    public FakeTimeProvider Clock { get; } = new(Start);

    public List<IToolSource> Tools { get; } = [];

    public List<ISkillSource> SkillSources { get; } = [];

    /// <summary>What makes vectors of skills and tasks, by name.</summary>
    public Dictionary<string, ISkillEmbedder> Embedders { get; } = [];

    /// <summary>What puts skills in order, by name, over the sources that bodies are read from.</summary>
    public Dictionary<string, Func<IReadOnlyList<ISkillSource>, ISkillReranker>> Rerankers { get; } = [];

    public GraphMemory? Memory { get; set; }

    public IRunStore Store { get; set; } = NullRunStore.Instance;

    public IPersonChannel? Person { get; set; }

    public Budget? Budget { get; set; }

    /// <summary>The accounts that runs may draw from, by name.</summary>
    public Dictionary<string, SpendingAccount> Accounts { get; } = [];

    /// <summary>The account that runs draw from.</summary>
    public string? Account { get; set; }

    public string? WorkspaceRoot { get; set; }

    public List<RunEvent> Events { get; } = [];

    public ToolHealthRegistry? ToolHealth { get; set; }

    public bool RealTime { get; set; }

    public WorkflowEngine Engine()
    {
        Routing.TimeProvider = Clock;
        Routing.Retry.AttemptsPerModel = 1;
        return new WorkflowEngine(new WorkflowEngineOptions
        {
            Models = Models,
            Router = new StepRoutingChatClient(Models, Routing, ownsModels: false),
            PolicyName = "fixed",
            Tools = Tools,
            SkillSources = SkillSources,
            FindEmbedder = Embedders.GetValueOrDefault,
            FindReranker = (name, sources) => Rerankers.GetValueOrDefault(name)?.Invoke(sources),
            Memory = Memory,
            TimeProvider = RealTime ? TimeProvider.System : Clock,
            ToolHealth = ToolHealth,
            IdGenerator = new SequentialIdGenerator(),
            Store = Store,
            Person = Person,
            FindAccount = Accounts.GetValueOrDefault,
        });
    }

    public async Task<RunResult> RunAsync(WorkflowDefinition workflow, params (string Name, JsonNode? Value)[] inputs)
    {
        WorkflowRun run = Begin(workflow, CancellationToken.None, inputs);
        return await ReadAsync(run);
    }

    public WorkflowRun Begin(WorkflowDefinition workflow, CancellationToken cancellationToken, params (string Name, JsonNode? Value)[] inputs) =>
        Engine().Start(workflow, new RunRequest
        {
            Inputs = inputs.ToDictionary(input => input.Name, input => input.Value),
            Budget = Budget,
            WorkspaceRoot = WorkspaceRoot,
            Account = Account,
        }, cancellationToken);

    public async Task<RunResult> ReadAsync(WorkflowRun run)
    {
        await foreach (RunEvent runEvent in run.ReadEventsAsync())
        {
            lock (Events)
                Events.Add(runEvent);
        }

        return await run.Completion;
    }

    public IEnumerable<T> Of<T>() => Events.OfType<T>();

    public static WorkflowDefinition Workflow(params NodeDefinition[] nodes) => new() { Name = "test", Nodes = nodes };

    public static AgentNode Agent(string name, string? to = "done", AgentDefinition? agent = null) => new()
    {
        Name = name,
        Agent = agent ?? Def(name),
        Prompt = Text("Go."),
        Next = To(to),
    };

    public static AgentDefinition Def(string name) => new() { Name = name, Instructions = Text("You work.") };

    public static ToolNode Tool(string name, string tool, string? to = "done", params (string Name, object? Value)[] arguments) => new()
    {
        Name = name,
        Tool = tool,
        Arguments = arguments.ToDictionary(argument => argument.Name, argument => argument.Value),
        Next = To(to),
    };

    public static BranchNode Branch(string name, params (string? When, string To)[] edges) => new()
    {
        Name = name,
        Next = [.. edges.Select(edge => new EdgeDefinition(edge.To, edge.When is null ? null : When(edge.When), default))],
    };

    public static EndNode Done(string name = "done", string? answer = null) =>
        new() { Name = name, Outcome = RunOutcome.Succeeded, Answer = answer is null ? null : Text(answer) };

    public static EndNode GaveUp(string name = "gaveUp", string? reason = null) =>
        new() { Name = name, Outcome = RunOutcome.Failed, Reason = reason is null ? null : Text(reason) };

    public static IReadOnlyList<EdgeDefinition> To(string? node) => node is null ? [] : [new EdgeDefinition(node, null, default)];

    public static Expression When(string text) => Expression.Parse(text, ExpressionNames.Unchecked);

    public static Template Text(string text) => Template.Parse(text, ExpressionNames.Unchecked);
}
