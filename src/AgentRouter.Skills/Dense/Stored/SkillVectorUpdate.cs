namespace AgentRouter.Skills.Dense.Stored;

/// <summary>What came of bringing a collection of vectors up to date. Copies count once.</summary>
/// <param name="Added">How many skills were embedded: new ones, and those whose content has changed.</param>
/// <param name="Texts">How many texts that were.</param>
/// <param name="Unchanged">How many skills had their vectors already.</param>
/// <param name="Removed">How many skills' vectors were deleted.</param>
/// <param name="Left">How many could not be read, or have changed since the index was made: the next update of the index and of the collection brings them.</param>
public sealed record SkillVectorUpdate(int Added, int Texts, int Unchanged, int Removed, int Left);
