namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>What the evidence says about the question, told shorter. It is made of what was remembered, so it is data as that is.</summary>
/// <param name="Text">The text; <c>[2]</c> stands behind what the second piece of evidence says.</param>
/// <param name="Citations">The places of the evidence that it names, from 1, ascending; there is at least one.</param>
public sealed record RecallSummary(string Text, IReadOnlyList<int> Citations);
