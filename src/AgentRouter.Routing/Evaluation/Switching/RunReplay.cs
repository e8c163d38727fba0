using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Costs;
using AgentRouter.Routing.Evaluation.Trajectories;

namespace AgentRouter.Routing.Evaluation.Switching;

/// <summary>Prices a recorded run as if its steps had been taken by other models, the content held fixed: who takes a step changes
/// what it costs and what is in whose cache, not what is said.</summary>
internal sealed class RunReplay
{
    /// <summary>The last use of a model that has not been used in the run.</summary>
    public const int NeverUsed = -1;

    private readonly RecordedRun _run;
    private readonly SwitchPair _pair;
    private readonly TimeSpan[] _at;
    private readonly bool? _recordedStrong;

    public RunReplay(RecordedRun run, SwitchPair pair, bool? recordedStrong)
    {
        _run = run;
        _pair = pair;
        _recordedStrong = recordedStrong;
        _at = new TimeSpan[run.Steps.Count];
        for (int step = 1; step < _at.Length; step++)
        {
            TimeSpan gap = run.Steps[step].Time - run.Steps[step - 1].Time ?? pair.Gap;
            _at[step] = _at[step - 1] + (gap > TimeSpan.Zero ? gap : TimeSpan.Zero);
        }
    }

    /// <summary>Gets the number of steps.</summary>
    public int Length => _at.Length;

    /// <summary>Gets a step.</summary>
    public RecordedStep Step(int step) => _run.Steps[step];

    /// <summary>Gets how much of a step's prompt a model's provider has cached.</summary>
    /// <param name="strong">Which model.</param>
    /// <param name="step">The step.</param>
    /// <param name="lastUse">The step that the model took last, or <see cref="NeverUsed"/>.</param>
    public long Cached(bool strong, int step, int lastUse)
    {
        ModelProfile model = _pair.Of(strong);
        // a prefix that other runs had left in the cache is there for the model that was recorded, and for it alone
        long sent = lastUse != NeverUsed ? Step(lastUse).PromptTokens : strong == _recordedStrong ? Step(0).CachedTokens ?? 0 : 0;
        TimeSpan gap = _at[step] - _at[Math.Max(lastUse, 0)];
        return Math.Min(SwitchPlanner.Kept(model, sent, gap), Step(step).PromptTokens);
    }

    /// <summary>Gets what a step costs with a model.</summary>
    /// <param name="strong">Which model.</param>
    /// <param name="step">The step.</param>
    /// <param name="lastUse">The step that the model took last, or <see cref="NeverUsed"/>.</param>
    /// <returns>The cost, and the part of it for prompt tokens that are not in the cache.</returns>
    public (Money Usd, Money Uncached) Cost(bool strong, int step, int lastUse)
    {
        ModelProfile model = _pair.Of(strong);
        long prompt = Step(step).PromptTokens, cached = Cached(strong, step, lastUse);
        Money usd = CostModel.Expected(model, prompt, cached, Step(step).OutputTokens);
        return (usd, CostModel.Expected(model, prompt, cached, 0) - model.Prices.CostOf(new TokenUsage(0, cached, 0, 0)));
    }

    /// <summary>Prices a plan.</summary>
    /// <param name="takesStrong">Whether the strong model takes each step.</param>
    /// <param name="wishes">Whether the strong model is wished for each step; <see langword="null"/> where nothing is wished.</param>
    public ReplayCost Of(ReadOnlySpan<bool> takesStrong, bool[]? wishes = null)
    {
        Money usd = Money.Zero, uncached = Money.Zero;
        int strongSteps = 0, missed = 0;
        Span<int> lastUse = [NeverUsed, NeverUsed];
        for (int step = 0; step < Length; step++)
        {
            bool strong = takesStrong[step];
            (Money cost, Money fresh) = Cost(strong, step, lastUse[strong ? 1 : 0]);
            usd += cost;
            uncached += fresh;
            lastUse[strong ? 1 : 0] = step;
            strongSteps += strong ? 1 : 0;
            missed += !strong && wishes?[step] == true ? 1 : 0;
        }

        return new ReplayCost(usd, uncached, strongSteps, missed);
    }

    /// <summary>Prices the run with a model whose provider caches nothing.</summary>
    public Money Uncached(bool strong)
    {
        Money usd = Money.Zero;
        for (int step = 0; step < Length; step++)
            usd += _pair.Of(strong).Prices.CostOf(new TokenUsage(Step(step).PromptTokens, 0, 0, Step(step).OutputTokens));
        return usd;
    }
}
