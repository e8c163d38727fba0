using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Text.Times;

/// <summary>A time that a text names.</summary>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">How many characters it has.</param>
/// <param name="Period">The days, if they are known: "the other day" has none, nor has "yesterday" where nobody knows when it was said.</param>
internal readonly record struct TimeExpression(int Start, int Length, MemoryPeriod? Period)
{
    /// <summary>Gets where it ends.</summary>
    public int End => Start + Length;
}
