using AgentRouter.Pricing;

namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>What is measured under caps.</summary>
internal sealed record CapSettings
{
    /// <summary>Gets the models of the ladder in their order; empty to have <see cref="AutoLadder"/> choose them on training tasks.</summary>
    public required IReadOnlyList<string> Ladder { get; init; }

    /// <summary>Gets the cheap model of the pair that baselines are made of; by default the first rung.</summary>
    public string? Weak { get; init; }

    /// <summary>Gets the dear model of the pair; by default the last rung.</summary>
    public string? Strong { get; init; }

    /// <summary>Gets the models that the outcome-table policy chooses from; by default those of the ladder.</summary>
    public IReadOnlyList<string> TableModels { get; init; } = [];

    /// <summary>Gets the caps; <see langword="null"/> among them stands for none.</summary>
    public required IReadOnlyList<Money?> Caps { get; init; }

    /// <summary>Gets what judges finished runs.</summary>
    public required CapVerifier Verifier { get; init; }

    /// <summary>Gets what a judgement costs.</summary>
    public Money CheckCost { get; init; }

    /// <summary>Gets the number of folds where there is no separate training table.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Gets the seed of folds and intervals.</summary>
    public required int Seed { get; init; }
}
