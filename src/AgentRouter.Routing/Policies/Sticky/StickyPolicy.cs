using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Sticky;

/// <summary>Lets another policy decide once a task and stays with its choice, because a switch of models throws the prompt cache away.</summary>
/// <remarks>It decides again when the context was compacted (the cache is lost anyway) and when the choice can no longer take a step.</remarks>
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
        (string Model, long Longest)? kept = memory.Find(agent);
        if (kept is { } choice && length >= choice.Longest * _compactedBelow && TierChoice.Named(candidates, choice.Model) is { } same)
        {
            memory.Keep(agent, choice.Model, Math.Max(length, choice.Longest));
            return new PolicyChoice(same, "stays with the task's model");
        }

        PolicyChoice decided = await Inner.ChooseAsync(step, candidates, cancellationToken).ConfigureAwait(false);
        if (decided.GivesUp)
            return decided;
        memory.Keep(agent, decided.Candidate.Model.Profile.Name, length);
        string why = kept is null ? "decided once" : "decided again";
        return decided with { Reason = $"{why}: {decided.Reason}" };
    }

    private sealed class Memory
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, (string Model, long Longest)> _byAgent = [];

        public (string Model, long Longest)? Find(string agent)
        {
            lock (_lock)
                return _byAgent.TryGetValue(agent, out (string, long) kept) ? kept : null;
        }

        public void Keep(string agent, string model, long longest)
        {
            lock (_lock)
                _byAgent[agent] = (model, longest);
        }
    }
}
