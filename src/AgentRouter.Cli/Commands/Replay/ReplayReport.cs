using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Steps;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Cli.Commands.Replay;

/// <summary>What another policy would have chosen in a recorded run.</summary>
/// <param name="Policy">The other policy.</param>
/// <param name="Recorded">The policy that chose in the run.</param>
/// <param name="Steps">The steps in the order of their numbers.</param>
internal sealed record ReplayReport(string Policy, string Recorded, IReadOnlyList<ReplayStep> Steps)
{
    /// <summary>Gets the number of steps in which the other policy chooses another model.</summary>
    public int Differing => Steps.Count(step => step.Model != step.Other);

    public Money Booked => Sum(step => step.Booked);

    public Money Expected => Sum(step => step.Expected);

    public Money OtherExpected => Sum(step => step.OtherExpected);

    /// <summary>Puts decisions and bookings together.</summary>
    /// <param name="policy">The other policy's name.</param>
    /// <param name="decisions">The decisions, in any order.</param>
    /// <param name="events">The events of the run.</param>
    public static ReplayReport Of(string policy, IEnumerable<ReplayedDecision> decisions, IReadOnlyList<RunEvent> events)
    {
        ILookup<int, Money> booked = events.OfType<BudgetSettled>().Where(settled => settled.Step is not null).ToLookup(settled => settled.Step!.Value, settled => settled.Booked.Usd);
        return new ReplayReport(
            policy,
            events.OfType<RunStarted>().First().Policy,
            [.. decisions.OrderBy(decision => decision.Recorded.Sequence).Select(decision => Step(decision, booked[decision.Recorded.Step ?? 0]))]);
    }

    private static ReplayStep Step(ReplayedDecision decision, IEnumerable<Money> booked)
    {
        StepRouted recorded = decision.Recorded;
        Candidate other = decision.Now.Chosen;
        return new ReplayStep(
            recorded.Step ?? 0, recorded.Node, recorded.Model, booked.Aggregate(Money.Zero, (sum, each) => sum + each),
            recorded.Candidates.FirstOrDefault(candidate => candidate.Model == recorded.Model)?.ExpectedCost ?? Money.Zero,
            other.Model.Profile.Name, other.ExpectedCost, decision.Now.Reason);
    }

    private Money Sum(Func<ReplayStep, Money> of) => Steps.Aggregate(Money.Zero, (sum, step) => sum + of(step));
}

/// <summary>A step of a recorded run under another policy.</summary>
/// <param name="Step">Its number.</param>
/// <param name="Node">The node.</param>
/// <param name="Model">The model that was chosen.</param>
/// <param name="Booked">What the step was booked at, retries and fallbacks included.</param>
/// <param name="Expected">What the chosen model was expected to cost.</param>
/// <param name="Other">The model that the other policy chooses.</param>
/// <param name="OtherExpected">What that is expected to cost at this step of this run.</param>
/// <param name="Reason">Why it chooses so.</param>
internal sealed record ReplayStep(int Step, string? Node, string Model, Money Booked, Money Expected, string Other, Money OtherExpected, string Reason);
