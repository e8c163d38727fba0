using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Sticky;

/// <summary>Lets another policy decide once a task and stays with its choice, because a switch of models throws the prompt cache away.</summary>
/// <remarks>It decides again when the context was compacted (the cache is lost anyway) and when the choice can no longer take a step. After a check that
/// failed while the choice worked, another model that is as capable or more may take its place.</remarks>
public sealed class StickyPolicy : DelegatingRoutingPolicy
{
    private readonly double _compactedBelow;

    /// <summary>Makes the policy.</summary>
    /// <param name="inner">What decides.</param>
    /// <param name="options">When to decide again.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public StickyPolicy(IRoutingPolicy inner, StickyPolicyOptions options)
        : base(inner, StickyDefaults.Name)
    {
        ArgumentNullException.ThrowIfNull(options);
        _compactedBelow = options.Validate().CompactedBelow;
    }

    /// <inheritdoc/>
    public override async ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(candidates);
        Memory memory = step.Memory.GetOrAdd(this, static () => new Memory());
        // each agent has a conversation, and so a prompt cache, of its own
        string agent = step.Identity.Agent ?? "";
        long length = step.Features.TotalLength;
        Kept? kept = memory.Find(agent);
        Candidate? same = kept is not null && length >= kept.Longest * _compactedBelow ? TierChoice.Named(candidates, kept.Model) : null;
        bool hasFailed = kept is not null && step.Features.ChecksFailed > kept.ChecksFailed;
        if (same is not null && !hasFailed)
            return Stay(same);

        PolicyChoice decided = await Inner.ChooseAsync(step, candidates, cancellationToken).ConfigureAwait(false);
        if (decided.GivesUp)
            return decided;
        if (same is not null && (decided.Candidate.Model == same.Model || decided.Candidate.Model.TierRank < same.Model.TierRank))
            return Stay(same);
        memory.Keep(agent, new Kept(decided.Candidate.Model.Profile.Name, length, step.Features.ChecksFailed));
        string why = kept is null ? "decided once" : "decided again";
        return decided with { Reason = $"{why}: {decided.Reason}" };

        PolicyChoice Stay(Candidate candidate)
        {
            memory.Keep(agent, kept! with { Longest = Math.Max(length, kept.Longest) });
            return new PolicyChoice(candidate, "stays with the task's model");
        }
    }

    /// <summary>What an agent stays with.</summary>
    private sealed record Kept(string Model, long Longest, int ChecksFailed);

    private sealed class Memory
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, Kept> _byAgent = [];

        public Kept? Find(string agent)
        {
            lock (_lock)
                return _byAgent.GetValueOrDefault(agent);
        }

        public void Keep(string agent, Kept kept)
        {
            lock (_lock)
                _byAgent[agent] = kept;
        }
    }
}
