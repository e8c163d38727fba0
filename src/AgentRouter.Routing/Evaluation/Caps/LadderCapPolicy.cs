using AgentRouter.Pricing;

namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>Models in a fixed order, the next one after each rejection. One rung is a single model alone.</summary>
/// <param name="rungs">The models in their order.</param>
/// <param name="reserves">What must be left to start each rung, or <see langword="null"/> to start whatever comes next. The first rung
/// always starts: a task that nobody tries cannot succeed.</param>
internal sealed class LadderCapPolicy(IReadOnlyList<int> rungs, IReadOnlyList<Money>? reserves = null) : ICapPolicy
{
    /// <inheritdoc/>
    public CapPlan Begin(CapTable table, int row) => new Plan(rungs, reserves);

    private sealed class Plan(IReadOnlyList<int> rungs, IReadOnlyList<Money>? reserves) : CapPlan
    {
        private int _next;
        private int? _completed;

        public override int? Next(Money left)
        {
            _next = From(_next, left);
            return _next < rungs.Count ? rungs[_next] : null;
        }

        public override bool Verifies(Money left) => From(_next + 1, left) < rungs.Count;

        public override void Rejected(int model)
        {
            _completed = model;
            _next++;
        }

        public override int? Deliver() => _completed;

        private int From(int rung, Money left)
        {
            while (rung > 0 && rung < rungs.Count && reserves is not null && reserves[rung] > left)
                rung++;
            return rung;
        }
    }
}
