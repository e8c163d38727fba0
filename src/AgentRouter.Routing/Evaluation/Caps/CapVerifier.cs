namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>What judges a finished run in a replay: a simulated check that is wrong at known rates.</summary>
/// <param name="FalseAccept">The probability that a wrong result is accepted, from 0 to 1.</param>
/// <param name="FalseReject">The probability that a right result is rejected, from 0 to 1.</param>
internal readonly record struct CapVerifier(double FalseAccept, double FalseReject)
{
    /// <summary>Gets a value indicating whether the check errs alike on all results of a task; else each result is judged on its own.</summary>
    public bool IsCorrelated { get; init; }

    /// <summary>Gets the probability that a result is accepted.</summary>
    public double Accepts(bool solved) => solved ? 1 - FalseReject : FalseAccept;

    /// <summary>Gets the ways in which the check may behave on one task, with their probabilities.</summary>
    /// <remarks>Where errors are correlated, one draw a task decides all its judgements: below both rates of acceptance everything is
    /// accepted, above both everything is rejected. So each way is a check that always says the same of right and of wrong results.</remarks>
    public IEnumerable<(double Probability, CapVerifier Verifier)> Ways()
    {
        if (!IsCorrelated)
            return [(1, this)];
        double right = 1 - FalseReject;
        double low = Math.Min(FalseAccept, right), high = Math.Max(FalseAccept, right);
        return new (double Probability, CapVerifier Verifier)[]
        {
            (low, new CapVerifier(1, 0)),
            (high - low, right >= FalseAccept ? new CapVerifier(0, 0) : new CapVerifier(1, 1)),
            (1 - high, new CapVerifier(0, 1)),
        }.Where(way => way.Probability > 0);
    }
}
