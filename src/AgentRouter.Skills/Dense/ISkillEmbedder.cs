namespace AgentRouter.Skills.Dense;

/// <summary>Makes vectors of texts so that skills are near the tasks that they are for: a model of the user's, local or remote.</summary>
/// <remarks>Must be safe for threads. What it throws comes through to whoever indexes or searches.</remarks>
public interface ISkillEmbedder
{
    /// <summary>Gets what tells its vectors from those of others, such as the provider and the model. It is kept in the index: vectors of
    /// different names are never compared, so another model, or the same one used differently, needs another name.</summary>
    string Name { get; }

    /// <summary>Gets a value indicating whether vectors cost money. Whoever embeds much without being asked to leaves those alone.</summary>
    bool IsPaid => false;

    /// <summary>Makes the vectors of texts.</summary>
    /// <param name="texts">The texts, of a few thousand characters at most; what a model cannot take it cuts off.</param>
    /// <param name="purpose">What they are: many models want to be told.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A vector for each text, in order, all of the same length. Only their directions count.</returns>
    Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, EmbeddingPurpose purpose, CancellationToken cancellationToken);
}

/// <summary>What texts are that are embedded.</summary>
public enum EmbeddingPurpose
{
    /// <summary>Parts of skills, which are to be found.</summary>
    Skill,

    /// <summary>A task, which skills are searched for.</summary>
    Task,
}
