using AgentRouter.Pricing;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Policies.Boundary.Training;

/// <summary>What a policy reached.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Success">The share of tasks that succeeded, the mean over all caps.</param>
/// <param name="Interval">Its interval.</param>
/// <param name="Caps">The figures of each cap.</param>
/// <param name="Lead">For a baseline: how far the boundary policy is before it; otherwise <see langword="null"/>.</param>
internal sealed record BoundaryFigures(string Policy, double Success, Interval Interval, IReadOnlyList<BoundaryCapFigures> Caps, BoundaryLead? Lead)
{
    /// <summary>Compares policies that were played on the same tasks.</summary>
    /// <param name="played">The policies, the boundary policy first.</param>
    /// <param name="seed">The seed of the intervals.</param>
    public static IReadOnlyList<BoundaryFigures> Of(IReadOnlyList<BoundaryPlayed> played, int seed) =>
    [
        .. played.Select((each, i) => new BoundaryFigures(
            each.Policy, each.Successes.Average(), Bootstrap.OfMean(each.Successes, seed), each.Caps, i == 0 ? null : BoundaryLead.Of(played[0], each, seed))),
    ];
}

/// <summary>What a policy reached under a cap.</summary>
/// <param name="Cap">The cap of a task.</param>
/// <param name="Success">The share of tasks that succeeded.</param>
/// <param name="Interval">Its interval.</param>
/// <param name="Usd">What a task cost on average.</param>
internal sealed record BoundaryCapFigures(Money Cap, double Success, Interval Interval, double Usd);

/// <summary>How far the boundary policy is before a baseline on the same tasks; the intervals are paired.</summary>
/// <param name="Success">By how much the share of tasks that succeed is higher.</param>
/// <param name="SuccessInterval">Its interval.</param>
/// <param name="SavedUsd">By how much a task is cheaper, in USD.</param>
/// <param name="SavedInterval">Its interval.</param>
internal sealed record BoundaryLead(double Success, Interval SuccessInterval, double SavedUsd, Interval SavedInterval)
{
    /// <summary>Compares two policies.</summary>
    public static BoundaryLead Of(BoundaryPlayed own, BoundaryPlayed other, int seed)
    {
        double[] more = [.. own.Successes.Zip(other.Successes, (mine, theirs) => mine - theirs)];
        double[] saved = [.. own.Usd.Zip(other.Usd, (mine, theirs) => theirs - mine)];
        return new BoundaryLead(more.Average(), Bootstrap.OfMean(more, seed), saved.Average(), Bootstrap.OfMean(saved, seed));
    }
}

/// <summary>A policy that was played, task by task.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Successes">For each task the share of caps under which it succeeded.</param>
/// <param name="Usd">For each task what it cost, the mean over all caps.</param>
/// <param name="Caps">The figures of each cap.</param>
internal sealed record BoundaryPlayed(string Policy, double[] Successes, double[] Usd, IReadOnlyList<BoundaryCapFigures> Caps);
