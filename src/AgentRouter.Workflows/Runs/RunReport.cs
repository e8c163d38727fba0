using AgentRouter.Events;
using AgentRouter.Pricing;

namespace AgentRouter.Workflows.Runs;

/// <summary>A run summed up from its events: add them in order; every property tells what is known so far. Not thread-safe.</summary>
public sealed class RunReport
{
    private readonly List<ReportStep> _steps = [];
    private readonly Dictionary<int, int> _stepAt = [];
    private readonly List<ReportModel> _models = [];
    private readonly List<RunWarning> _warnings = [];
    private ModelPrices? _largePrices;

    /// <summary>Gets what the run began with, or <see langword="null"/> before it did.</summary>
    public RunStarted? Started { get; private set; }

    /// <summary>Gets how the run ended, or <see langword="null"/> while it has not.</summary>
    public RunEnded? Ended { get; private set; }

    /// <summary>Gets the LLM steps in the order in which they began.</summary>
    public IReadOnlyList<ReportStep> Steps => _steps;

    /// <summary>Gets the models in the order in which they were first booked.</summary>
    public IReadOnlyList<ReportModel> ByModel => _models;

    /// <summary>Gets the warnings.</summary>
    public IReadOnlyList<RunWarning> Warnings => _warnings;

    /// <summary>Gets all tokens that were reported.</summary>
    public TokenUsage Usage { get; private set; }

    /// <summary>Gets what all calls were booked at.</summary>
    public Money Cost { get; private set; }

    /// <summary>Gets the LLM calls that were booked.</summary>
    public long Calls { get; private set; }

    /// <summary>Gets the tool calls.</summary>
    public int ToolCalls { get; private set; }

    /// <summary>Gets what the same tokens would have cost at the prices of the most capable model of the run. A booked call
    /// whose tokens nobody reported counts with what it was booked at.</summary>
    public Money AlwaysLargeCost { get; private set; }

    /// <summary>Sums up events.</summary>
    /// <param name="events">The events of one run, in order.</param>
    public static RunReport From(IEnumerable<RunEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var report = new RunReport();
        foreach (RunEvent runEvent in events)
            report.Add(runEvent);
        return report;
    }

    /// <summary>Sums up events as they come.</summary>
    /// <param name="events">The events of one run, in order.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<RunReport> FromAsync(IAsyncEnumerable<RunEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var report = new RunReport();
        await foreach (RunEvent runEvent in events.WithCancellation(cancellationToken))
            report.Add(runEvent);
        return report;
    }

    /// <summary>Adds the next event.</summary>
    /// <param name="runEvent">The event.</param>
    public void Add(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunStarted started:
                Started = started;
                _largePrices = started.Models.Count == 0 ? null : PricesOf(started.Models[^1]);
                break;
            case RunEnded ended:
                Ended = ended;
                break;
            case RunWarning warning:
                _warnings.Add(warning);
                break;
            case StepRouted routed:
                Change(routed, step => step with { Agent = routed.Agent, Model = routed.Model, Tier = routed.Tier, Reason = routed.Reason });
                break;
            case CallSent sent:
                Change(sent, step => step with { Model = sent.Model, Attempts = step.Attempts + 1 });
                break;
            case CallAnswered answered:
                AddAnswer(answered);
                break;
            case BudgetSettled settled:
                AddBooking(settled);
                break;
            case ToolCalled:
                ToolCalls++;
                break;
        }
    }

    private void AddAnswer(CallAnswered answered)
    {
        TokenUsage usage = answered.Usage ?? default;
        Usage += usage;
        if (answered.Usage is not null && _largePrices is not null)
            AlwaysLargeCost += _largePrices.CostOf(usage);
        Change(answered, step => step with
        {
            Model = answered.Model,
            Tier = answered.Tier,
            Usage = step.Usage + usage,
            Answered = true,
            Latency = answered.Latency,
        });
        ReportModel model = ModelOf(answered.Model, answered.Tier, out int at);
        _models[at] = model with { Tier = answered.Tier, Usage = model.Usage + usage };
    }

    private void AddBooking(BudgetSettled settled)
    {
        Cost += settled.Booked.Usd;
        Calls += settled.Booked.Calls;
        // what is spent outside steps is spent whatever model is chosen
        if (settled.InFull || settled.Step is null)
            AlwaysLargeCost += settled.Booked.Usd;
        Change(settled, step => step with { Cost = step.Cost + settled.Booked.Usd });
        ReportModel model = ModelOf(settled.Model, null, out int at);
        _models[at] = model with { Calls = model.Calls + settled.Booked.Calls, Cost = model.Cost + settled.Booked.Usd };
    }

    private void Change(RunEvent runEvent, Func<ReportStep, ReportStep> change)
    {
        if (runEvent.Step is not { } number)
            return;
        if (!_stepAt.TryGetValue(number, out int at))
        {
            _stepAt[number] = at = _steps.Count;
            _steps.Add(new ReportStep { Step = number, Node = runEvent.Node });
        }

        _steps[at] = change(_steps[at]);
    }

    private ReportModel ModelOf(string name, string? tier, out int at)
    {
        at = _models.FindIndex(model => model.Model == name);
        if (at < 0)
        {
            at = _models.Count;
            _models.Add(new ReportModel(name, tier, 0, default, Money.Zero));
        }

        return _models[at];
    }

    private static ModelPrices PricesOf(ModelSummary model) => new(model.Input, model.Output, model.CachedRead, model.CacheWrite);
}
