using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>What a model says of a batch, as far as it can be used. Episodes and facts are named by their places in the batch, from 0.</summary>
/// <param name="Facts">The facts.</param>
/// <param name="Concepts">The topics.</param>
/// <param name="Corrections">Which known facts hold no longer.</param>
/// <param name="Drops">What was left out.</param>
internal sealed record BatchAnswer(IReadOnlyList<ExtractedFact> Facts, IReadOnlyList<ExtractedConcept> Concepts, IReadOnlyList<Correction> Corrections, Drops Drops);

/// <summary>A fact that episodes say.</summary>
/// <param name="Text">The statement.</param>
/// <param name="About">What it is about, as <c>anna/favourite tea</c>.</param>
/// <param name="Happened">When it happened.</param>
/// <param name="Episodes">The episodes; at least one.</param>
internal sealed record ExtractedFact(string Text, string? About, MemoryPeriod? Happened, IReadOnlyList<int> Episodes);

/// <summary>A topic of episodes.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Episodes">The episodes; at least one.</param>
internal sealed record ExtractedConcept(string Key, string Name, IReadOnlyList<int> Episodes);

/// <summary>A known fact that episodes speak against.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Episodes">The episodes; at least one.</param>
internal sealed record Correction(int Fact, IReadOnlyList<int> Episodes);
