using AgentRouter.Routing.Agreement;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Policies.Cascade;

/// <summary>Options of <see cref="CascadePolicy"/>.</summary>
public sealed class CascadePolicyOptions
{
    /// <summary>Gets the rungs in the order in which they are tried: names of models or tiers. Empty, as by default, stands for all tiers
    /// from the least to the most capable.</summary>
    public IList<string> Ladder { get; } = [];

    /// <summary>Gets or sets what a success is worth, in USD, above 0: a task is given up after a failed check when every rung that is left
    /// would cost more by the success it can be expected to bring. <see langword="null"/>, as by default, never gives up.</summary>
    public decimal? SuccessValueUsd { get; set; }

    /// <summary>Gets or sets recorded outcomes of the models of <see cref="Ladder"/>, by these names, on tasks like those to come: what the
    /// policy knows before it has seen anything. A recorded task counts like a visit that was verified. Not looked at where
    /// <see cref="StatePath"/> holds something.</summary>
    public OutcomeTable? Outcomes { get; set; }

    /// <summary>Gets or sets the file in which what was learned of the rungs survives restarts; made when it is not there.
    /// <see langword="null"/>, the default, keeps it in memory only.</summary>
    public string? StatePath { get; set; }

    /// <summary>Gets or sets how agreement of cheap answers is used as a check, or <see langword="null"/> for not at all. The workflow
    /// engine reads it; elsewhere, add <c>UseAgreement</c> to the pipeline.</summary>
    public AgreementOptions? Agreement { get; set; }

    internal CascadePolicyOptions Validate()
    {
        for (int i = 0; i < Ladder.Count; i++)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(Ladder[i], nameof(Ladder));
            if (Ladder.IndexOf(Ladder[i]) < i)
                throw new ArgumentException($"The ladder names '{Ladder[i]}' twice.", nameof(Ladder));
        }

        if (SuccessValueUsd <= 0)
            throw new ArgumentOutOfRangeException(nameof(SuccessValueUsd), SuccessValueUsd, "What a success is worth is above 0 USD; leave it out to never give up.");
        if (Outcomes is not null && !Ladder.Any(Outcomes.Models.Contains))
            throw new ArgumentException($"The outcomes are of {string.Join(", ", Outcomes.Models)}; none of them is a rung of the ladder.", nameof(Outcomes));
        Agreement?.Validate();
        return this;
    }
}
