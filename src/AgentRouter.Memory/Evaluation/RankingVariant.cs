namespace AgentRouter.Memory.Evaluation;

/// <summary>A way of ranking that is measured beside the one that is used.</summary>
/// <param name="Name">What is new in it.</param>
/// <param name="How">What counts in it.</param>
internal sealed record RankingVariant(string Name, Retrieval.RankingOptions How);
