using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Sticky;

/// <summary>Lets another policy decide once a task and stays with its choice, because a switch of models throws the prompt cache away.</summary>
/// <remarks>It decides again when the context was compacted (the cache is lost anyway) and when the choice can no longer take a step.</remarks>
public sealed class StickyPolicy : IRoutingPolicy
{
    private readonly IRoutingPolicy _inner;
    private readonly double _compactedBelow;

    /// <summary>Makes the policy.</summary>
    /// <param name="inner">What decides.</param>
    /// <param name="options">When to decide again.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public StickyPolicy(IRoutingPolicy inner, StickyPolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(options);
        _inner = inner;
        _compactedBelow = options.Validate().CompactedBelow;
    }

    /// <inheritdoc/>
    public string Name => StickyDefaults.Name;

    /// <inheritdoc/>
    public async ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(candidates);
        Memory memory = step.Memory.GetOrAdd(this, static () => new Memory());
        // each agent has a conversation, and so a prompt cache, of its own
        string agent = step.Identity.Agent ?? "";
        long length = step.Features.TotalLength;
        (string Model, long Longest)? kept = memory.Find(agent);
        if (kept is { } choice && length >= choice.Longest * _compactedBelow && Find(candidates, choice.Model) is { } same)
        {
            memory.Keep(agent, choice.Model, Math.Max(length, choice.Longest));
            return new PolicyChoice(same, "stays with the task's model");
        }

        PolicyChoice decided = await _inner.ChooseAsync(step, candidates, cancellationToken).ConfigureAwait(false);
        memory.Keep(agent, decided.Candidate.Model.Profile.Name, length);
        string why = kept is null ? "decided once" : "decided again";
        return decided with { Reason = $"{why}: {decided.Reason}" };
    }

    private static Candidate? Find(IReadOnlyList<Candidate> candidates, string model)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Model.Profile.Name == model)
                return candidates[i];
        }

        return null;
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
