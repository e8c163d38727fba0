using AgentRouter.Identity;
using AgentRouter.Routing.Calls;
using AgentRouter.Routing.Health;
using AgentRouter.Routing.Policies;

namespace AgentRouter.Routing;

/// <summary>Options of a <see cref="StepRoutingChatClient"/>; read and validated once, when the client is made.</summary>
public sealed class StepRoutingOptions
{
    /// <summary>Gets or sets what chooses the model. The default always takes the least capable one: nothing is spent that was not asked for.</summary>
    public IRoutingPolicy? Policy { get; set; }

    /// <summary>Gets or sets the tiers that may be used, from the least to the most capable; <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? Tiers { get; set; }

    /// <summary>Gets or sets the fewest output tokens that are worth a call, from 1. Where the budget pays for less, the next cheaper
    /// model is taken. The default is 64; a caller's own smaller output limit counts as useful.</summary>
    public int MinimumUsefulOutputTokens { get; set; } = 64;

    /// <summary>Gets how failed calls are tried again.</summary>
    public RetryOptions Retry { get; } = new();

    /// <summary>Gets when and for how long a failing model rests.</summary>
    public ModelHealthOptions Health { get; } = new();

    /// <summary>Gets or sets whether the text of answers is put into events and traces. The default is <see langword="false"/>.</summary>
    public bool RecordContent { get; set; }

    /// <summary>Gets or sets the clock. The default is the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets what names tasks that have no run id. The default makes ids that sort by time.</summary>
    public IIdGenerator? Ids { get; set; }
}
