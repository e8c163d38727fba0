namespace AgentRouter.Skills.Text;

/// <summary>A term of a query.</summary>
/// <param name="Term">Its number.</param>
/// <param name="Word">A word that it was made of, for people.</param>
/// <param name="Most">The most that one of its words weighs: 1, or less for a name in code marks.</param>
/// <param name="Sum">What all its words weigh together.</param>
internal readonly record struct QueryTerm(ulong Term, string Word, double Most, double Sum)
{
    /// <summary>Gets what the term weighs in the query.</summary>
    /// <param name="alpha">How much a word that is said n times counts: n to this power.</param>
    public double Weight(double alpha) => Most * Math.Pow(Sum / Most, alpha);
}
