using AgentRouter.Memory.Context;

namespace AgentRouter.Workflows.Definitions;

/// <summary>How long the conversation of an agent may become, and what is done then. A workflow has one too, which its agents have and of which they may change parts.</summary>
public sealed record ContextDefinition
{
    /// <summary>Gets the most tokens that are sent; <see langword="null"/> where <see cref="Share"/> says it, or the workflow does.</summary>
    public long? Tokens { get; init; }

    /// <summary>Gets the most tokens that are sent as a share of the smallest window of the models that the agent may be answered by, above 0, at most 1; <see langword="null"/> where
    /// <see cref="Tokens"/> says it, or the workflow does.</summary>
    public decimal? Share { get; init; }

    /// <summary>Gets what is done; <see langword="null"/> for what the workflow says, else <see cref="ContextStrategy.Auto"/>.</summary>
    public ContextStrategy? Strategy { get; init; }

    /// <summary>Gets how many rounds always stay; <see langword="null"/> for what the workflow says, else <see cref="ContextLimitOptions.DefaultKeepLast"/>.</summary>
    public int? KeepLast { get; init; }

    /// <summary>Gets for how many steps <see cref="ContextStrategy.Auto"/> tries the strategies before it keeps one, from 1 to <see cref="ContextLimitOptions.MostLookAhead"/>; <see langword="null"/> for what
    /// the workflow says where the strategy is not set, else for not at all.</summary>
    public int? LookAhead { get; init; }

    /// <summary>Gets where it was written.</summary>
    public SourceLocation Location { get; init; }

    /// <summary>Fills in what is left out.</summary>
    /// <param name="defaults">What the workflow says.</param>
    internal ContextDefinition Over(ContextDefinition? defaults) => defaults is null ? this : this with
    {
        Tokens = Tokens ?? (Share is null ? defaults.Tokens : null),
        Share = Share ?? (Tokens is null ? defaults.Share : null),
        Strategy = Strategy ?? defaults.Strategy,
        KeepLast = KeepLast ?? defaults.KeepLast,
        LookAhead = LookAhead ?? (Strategy is null or ContextStrategy.Auto ? defaults.LookAhead : null),
    };

    /// <summary>Finds the limit that an agent has; <see langword="null"/> for none.</summary>
    /// <param name="agent">What the agent says.</param>
    /// <param name="workflow">What the workflow says.</param>
    internal static ContextDefinition? Of(ContextDefinition? agent, ContextDefinition? workflow)
    {
        ContextDefinition? whole = agent?.Over(workflow) ?? workflow;
        return whole is { Strategy: ContextStrategy.None } or { Tokens: null, Share: null } ? null : whole;
    }
}
