using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Pricing;
using AgentRouter.Steps;

namespace AgentRouter.Cli.Tests.Support;

/// <summary>Writes the events of a run as the router and the engine do, with a clock of its own and a real ledger's arithmetic.</summary>
internal sealed class SampleRun
{
    public const string RunId = "20261122-153047-k3f9qa";

    private static readonly ModelPrices Small = new(0.10m, 0.40m, 0.025m);
    private static readonly ModelPrices Large = new(2.00m, 8.00m, 0.50m);
    private readonly List<RunEvent> _events = [];
    private DateTimeOffset _now = new(2026, 11, 22, 15, 30, 47, TimeSpan.Zero);
    private BudgetSnapshot _budget;
    private int _step;
    private string? _node;

    public SampleRun(decimal? usd = 0.25m, string workflow = "fix-failing-test", bool scripted = true)
    {
        _budget = new BudgetSnapshot { LimitUsd = usd is { } limit ? Money.FromUsd(limit) : null, LimitCalls = 40 };
        Add(new RunStarted(workflow, new Dictionary<string, string> { ["workspace"] = "samples/coding/workspace" }, "rules", _budget,
        [
            new ModelSummary("scripted-small", "small", "scripted", 0.10m, 0.025m, 0.10m, 0.40m, scripted),
            new ModelSummary("scripted-large", "large", "scripted", 2.00m, 0.50m, 2.00m, 8.00m, scripted),
        ]));
    }

    public IReadOnlyList<RunEvent> Events => _events;

    public BudgetSnapshot Budget => _budget;

    public SampleRun Node(string node, string kind, int visit = 1)
    {
        _node = node;
        return Add(new NodeStarted(kind, visit));
    }

    public SampleRun Done(bool? verified = null, double seconds = 1)
    {
        Pass(seconds);
        return Add(new NodeFinished("{}", verified, TimeSpan.FromSeconds(seconds)));
    }

    public SampleRun Edge(string to, string? when = null) => Add(new EdgeTaken(to, when));

    public SampleRun Route(string agent, string tier, string reason, TokenUsage usage)
    {
        _step++;
        string model = "scripted-" + tier;
        Money worst = (tier == "small" ? Small : Large).WorstCost(usage.Prompt + 500, 4_096);
        Add(new StepRouted(agent, "executor", model, tier, "rules", reason,
        [
            new CandidateSummary("scripted-small", "small", null, null, Small.CostOf(usage), Small.CostOf(usage), tier == "small" ? usage.CachedRead : 0),
            new CandidateSummary("scripted-large", "large", null, null, Large.CostOf(usage), Large.CostOf(usage), 0),
        ], new StepFeatures { StepIndex = _step - 1 }), isStep: true);
        Add(new BudgetReserved(model, BudgetAmount.OneCall(worst, usage.Total + 4_596), _budget), isStep: true);
        _budget = _budget with { Reserved = BudgetAmount.OneCall(worst, usage.Total + 4_596) };
        return Add(new CallSent(model, 1, 4_096), isStep: true);
    }

    public SampleRun Answer(string tier, TokenUsage usage, string finish = "stop")
    {
        Pass(0.4);
        string model = "scripted-" + tier;
        Money cost = (tier == "small" ? Small : Large).CostOf(usage);
        Add(new CallAnswered(model, tier, usage, TimeSpan.FromSeconds(0.4), null, finish, null), isStep: true);
        BudgetAmount spent = _budget.Spent;
        _budget = _budget with { Reserved = default, Spent = new BudgetAmount(spent.Usd + cost, spent.Tokens + usage.Total, spent.Calls + 1, spent.Steps + 1) };
        return Add(new BudgetSettled(model, BudgetAmount.OneCall(cost, usage.Total), false, _budget), isStep: true);
    }

    public SampleRun Call(string agent, string tier, string reason, long input, long cached, long output, string finish = "stop")
    {
        var usage = new TokenUsage(input, cached, 0, output);
        return Route(agent, tier, reason, usage).Answer(tier, usage, finish);
    }

    public SampleRun Fail(string model, FailureClass failure, string message, string next) => Add(new CallFailed(model, failure, message, next), isStep: true);

    public SampleRun Tool(string tool, string arguments, string result, bool succeeded = true, double seconds = 0.012)
    {
        _step++;
        Add(new ToolCalled(tool, $"call-{_step}", arguments), isStep: true);
        Pass(seconds);
        return Add(new ToolReturned(tool, $"call-{_step}", succeeded, result, TimeSpan.FromSeconds(seconds)), isStep: true);
    }

    public SampleRun Add(RunEvent runEvent, bool isStep = false)
    {
        _events.Add(runEvent with { Sequence = _events.Count + 1, Time = _now, RunId = RunId, Node = runEvent is RunStarted or RunEnded ? null : _node, Step = isStep ? _step : null });
        return this;
    }

    public SampleRun Pass(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public SampleRun End(RunOutcome outcome, string? reason = null, string? answer = null)
    {
        _node = null;
        return Add(new RunEnded(outcome, reason, answer, _budget));
    }

    /// <summary>The main job as it ends well.</summary>
    public static SampleRun Repaired() => Half()
        .Node("code", "agent", 2)
        .Call("coder", "large", "rule 1: node == 'code' and visit > 1", 2_904, 0, 61, "tool_calls")
        .Tool("workspace.edit", """{"path":"src/Shop.Pricing/Checkout.cs","oldText":"…"}""", "1 replacement in src/Shop.Pricing/Checkout.cs")
        .Call("coder", "large", "rule 1: node == 'code' and visit > 1", 122, 2_904, 118)
        .Done(seconds: 1.2).Edge("test")
        .Node("test", "tool", 2)
        .Tool("workspace.test", "{}", "Passed!  - Failed: 0, Passed: 14, Skipped: 0", seconds: 7.4)
        .Done(verified: true, seconds: 7.4).Edge("review", "test.exitCode == 0")
        .Node("review", "agent")
        .Call("reviewer", "small", "rule 2: always", 1_650, 0, 74)
        .Done().Edge("done", "review.approved == true")
        .Node("done", "end")
        .End(RunOutcome.Succeeded, null, "The discount was rounded per unit, and the coupon was taken off the wrong base.\n\nReview: both causes are repaired; no test was changed.");

    /// <summary>The main job up to the first failing test.</summary>
    public static SampleRun Half(decimal? usd = 0.25m) => new SampleRun(usd)
        .Node("plan", "agent")
        .Call("planner", "small", "rule 2: always", 1_204, 0, 38, "tool_calls")
        .Tool("workspace.read", """{"path":"README.md"}""", "# Shop pricing\n1. A price is in cents.\n2. A discount is taken off the line.\n3. …\n4. …\n5. …\n6. …\n7. …")
        .Call("planner", "small", "rule 2: always", 540, 1_204, 231)
        .Done(seconds: 2.1).Edge("code")
        .Node("code", "agent")
        .Call("coder", "small", "rule 2: always", 1_980, 0, 92, "tool_calls")
        .Tool("workspace.edit", """{"path":"src/Shop.Pricing/LinePricer.cs","oldText":"…"}""", "oldText was found 2 times; make it longer so that it is found once", succeeded: false, seconds: 0.003)
        .Call("coder", "small", "rule 2: always", 210, 1_980, 104)
        .Done(seconds: 1.6).Edge("test")
        .Node("test", "tool")
        .Tool("workspace.test", "{}", "Failed!  - Failed: 2, Passed: 12, Skipped: 0", succeeded: true, seconds: 8.2)
        .Done(verified: false, seconds: 8.2).Edge("code", "visits('code') < 4");
}
