using AgentRouter.Budgets;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;

namespace AgentRouter.Cli.Commands.Run.Views;

/// <summary>What the live view knows of a run: the fold of its events so far.</summary>
internal sealed class LiveState
{
    private const int RecentTools = 4;
    private readonly List<LiveNode> _nodes;
    private readonly List<LiveTool> _tools = [];

    /// <summary>Makes the state before the first event.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="nodes">The names of its nodes in order.</param>
    /// <param name="started">When the run began.</param>
    public LiveState(string workflow, IEnumerable<string> nodes, DateTimeOffset started)
    {
        Workflow = workflow;
        Started = started;
        _nodes = [.. nodes.Select(name => new LiveNode(name))];
    }

    /// <summary>Gets the workflow's name.</summary>
    public string Workflow { get; }

    /// <summary>Gets when the run began.</summary>
    public DateTimeOffset Started { get; private set; }

    /// <summary>Gets the nodes of the workflow's graph.</summary>
    public IReadOnlyList<LiveNode> Nodes => _nodes;

    /// <summary>Gets the last tool calls, the oldest first.</summary>
    public IReadOnlyList<LiveTool> Tools => _tools;

    /// <summary>Gets the router's policy.</summary>
    public string Policy { get; private set; } = "";

    /// <summary>Gets a value indicating whether the answers come from a script.</summary>
    public bool IsScripted { get; private set; }

    /// <summary>Gets a value indicating whether the run has begun; before, neither policy nor budget is known.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Gets the budget.</summary>
    public BudgetSnapshot Budget { get; private set; } = new();

    /// <summary>Gets where the run goes on from, for people; <see langword="null"/> for a new one.</summary>
    public string? Origin { get; private set; }

    /// <summary>Gets what happens now, for people.</summary>
    public string Now { get; private set; } = "starting";

    /// <summary>Gets the last decision.</summary>
    public StepRouted? Decision { get; private set; }

    /// <summary>Gets the last thing that went wrong or was warned of.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Takes an event into account.</summary>
    /// <param name="runEvent">The event.</param>
    public void Apply(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunStarted started:
                (HasBegun, Started, Policy, Budget) = (true, started.Time, started.Policy, started.Budget);
                IsScripted = started.Models.Count > 0 && started.Models.All(model => model.Scripted);
                break;
            case RunResumed resumed:
                GoOn(resumed);
                break;
            case NodeStarted node:
                Enter(node);
                Now = $"{node.Node} ({node.Kind})";
                break;
            case NodeFinished node:
                Leave(node.Node, node.Verified == false ? LiveNodeState.Failed : LiveNodeState.Done);
                break;
            // it goes on from there when the run does
            case NodeFailed { IsLeft: true }:
                break;
            case NodeFailed { RetriesAfter: { } pause } node:
                Now = $"{node.Node}: tried again in {Numbers.Duration(pause)}";
                Trouble = $"{node.Node}: {node.Reason}";
                break;
            case NodeFailed node:
                Leave(node.Node, LiveNodeState.Failed);
                Trouble = $"{node.Node}: {node.Reason}";
                break;
            case AgentRouted chosen:
                Now = $"{chosen.Node}: {string.Join(", ", chosen.Chosen)}";
                break;
            case SkillsFound found:
                Now = $"{found.Node}: a model chooses from {found.Skills.Count} skills";
                break;
            case MemorySearched searched:
                Now = $"{searched.Node}: looks closer at {searched.Found} notes of its memory";
                break;
            case FactsAsked facts:
                Now = $"{facts.Node}: a model looks for facts to remember";
                break;
            case SkillOpened skill:
                Now = $"{skill.Node}: the skill {skill.Name}";
                break;
            case StepRouted routed:
                Decision = routed;
                break;
            case BudgetReserved reserved:
                Budget = reserved.Before with { Reserved = Plus(reserved.Before.Reserved, reserved.Held) };
                break;
            case BudgetSettled settled:
                Budget = settled.After;
                break;
            case CallSent sent:
                Now = $"{sent.Node}: asking {sent.Model}" + (sent.Attempt > 1 ? $", attempt {sent.Attempt}" : "");
                break;
            case CallAnswered answered:
                Now = $"{answered.Node}: {answered.Model} answered";
                break;
            case CallFailed failed:
                Trouble = $"{failed.Model}: {failed.Message} ({failed.Next})";
                break;
            case ToolCalled called:
                Now = $"{called.Node}: {called.Tool}";
                Add(new LiveTool(called.CallId, called.Tool, called.Arguments, called.Time));
                break;
            case ToolReturned returned:
                Finish(returned);
                break;
            case BudgetDegraded degraded:
                Trouble = $"{degraded.From} did not fit the budget; {degraded.To} takes the step";
                break;
            case BudgetRefused refused:
                Trouble = refused.Refusal.ToString();
                break;
            case WrapUpStarted:
                Now = "the budget is used up: the last answer";
                break;
            case RunWarning warning:
                Trouble = warning.Message;
                break;
            case PersonAsked asked:
                Now = $"{asked.Node}: waiting for a person";
                break;
            case RunEnded ended:
                (Now, Budget) = ("done", ended.Budget);
                break;
        }
    }

    // what was on its way when the process ended is settled or in doubt now, and what went wrong was shown then
    private void GoOn(RunResumed resumed)
    {
        Budget = Budget with { Reserved = default };
        Origin = $"after event {Numbers.Count(resumed.After)}, {Numbers.Money(Budget.Spent.Usd)} already spent";
        (Now, Trouble, Started) = ("starting", null, resumed.Time);
        _tools.Clear();
    }

    private static BudgetAmount Plus(BudgetAmount a, BudgetAmount b) =>
        new(a.Usd + b.Usd, a.Tokens + b.Tokens, a.Calls + b.Calls, a.Steps + b.Steps);

    // what happens inside a branch, a map or a nested workflow belongs to the node that is seen
    private LiveNode? Seen(string? path)
    {
        string? top = path?.Split('/', 2)[0];
        return _nodes.Find(node => node.Name == top);
    }

    private void Enter(NodeStarted started)
    {
        if (Seen(started.Node) is not { } node)
            return;
        if (started.Node == node.Name)
            (node.Visits, node.State) = (started.Visit, LiveNodeState.Active);
        else
            node.Inner++;
    }

    private void Leave(string? path, LiveNodeState state)
    {
        if (Seen(path) is not { } node)
            return;
        if (path == node.Name)
            (node.State, node.Inner) = (state, 0);
        else
            node.Inner = Math.Max(0, node.Inner - 1);
    }

    private void Add(LiveTool tool)
    {
        _tools.Add(tool);
        if (_tools.Count > RecentTools)
            _tools.RemoveAt(0);
    }

    private void Finish(ToolReturned returned)
    {
        int at = _tools.FindLastIndex(tool => tool.CallId == returned.CallId && tool.Succeeded is null);
        if (at >= 0)
            _tools[at] = _tools[at] with { Succeeded = returned.Succeeded, Duration = returned.Duration };
    }
}

/// <summary>How far a node is.</summary>
internal enum LiveNodeState
{
    Open,
    Active,
    Done,
    Failed,
}

/// <summary>A node of the graph in the live view.</summary>
/// <param name="name">Its name.</param>
internal sealed class LiveNode(string name)
{
    public string Name { get; } = name;

    public LiveNodeState State { get; set; }

    public int Visits { get; set; }

    /// <summary>Gets or sets how many nodes work inside it now: branches, map items, a nested workflow's node.</summary>
    public int Inner { get; set; }
}

/// <summary>A tool call in the live view.</summary>
internal sealed record LiveTool(string CallId, string Tool, string Arguments, DateTimeOffset Called)
{
    public bool? Succeeded { get; init; }

    public TimeSpan Duration { get; init; }
}
