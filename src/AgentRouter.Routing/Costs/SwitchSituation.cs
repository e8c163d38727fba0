using AgentRouter.Models;
using AgentRouter.Pricing;

namespace AgentRouter.Routing.Costs;

/// <summary>A conversation at the point where it could change its model: what a <see cref="SwitchPlanner"/> weighs.</summary>
public sealed record SwitchSituation
{
    /// <summary>Gets the model that the conversation is with.</summary>
    public required ModelProfile Current { get; init; }

    /// <summary>Gets the model that it could change to.</summary>
    public required ModelProfile Other { get; init; }

    /// <summary>Gets the prompt of the next call, in tokens.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Gets how much of it the current model's provider has cached, in tokens.</summary>
    public long CurrentCachedTokens { get; init; }

    /// <summary>Gets how much of it the other model's provider has cached, in tokens.</summary>
    public long OtherCachedTokens { get; init; }

    /// <summary>Gets the tokens by which the prompt is expected to grow with each call, from 0.</summary>
    public long GrowthTokens { get; init; }

    /// <summary>Gets the output that is expected of each call, in tokens. The default is <see cref="CostModel.ExpectedOutputTokens"/>.</summary>
    public long OutputTokens { get; init; } = CostModel.ExpectedOutputTokens;

    /// <summary>Gets the number of the next call in the conversation, from 1.</summary>
    public int Call { get; init; } = 1;

    /// <summary>Gets the expected time from one call to the next. What is longer than a provider keeps its cache costs the whole
    /// prompt at each call.</summary>
    public TimeSpan Gap { get; init; }

    /// <summary>Gets what each call is worth more with the other model than with the current one; negative where the other does worse.</summary>
    public Money WorthPerCall { get; init; }

    /// <summary>Gets the probability that there is a next call and it wants the other model too. The default is 1: as long as the
    /// conversation lasts.</summary>
    public double WishLasts { get; init; } = 1;

    /// <summary>Gets the probability that, once the wish has ended, there is a next call and it wants the other model again. The default
    /// is 0. What a change costs is paid once; where wishes return, it can pay over all of them.</summary>
    public double WishReturns { get; init; }
}
