using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Retrieval;

/// <summary>What a question asks for.</summary>
internal sealed record QuestionReading
{
    /// <summary>Gets its terms, without the names of speakers.</summary>
    public required IReadOnlyList<QuestionTerm> Terms { get; init; }

    /// <summary>Gets its words in their order, stop words among them, in plain lower case.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Gets the direction of its meaning, of length one; zeros where no word is known.</summary>
    public required float[] Meaning { get; init; }

    /// <summary>Gets the only speaker that it names; 0 where it names none or several.</summary>
    public required ulong Speaker { get; init; }

    /// <summary>Gets a value indicating whether it asks for a time.</summary>
    public required bool AsksWhen { get; init; }

    /// <summary>Gets the periods that it names.</summary>
    public required IReadOnlyList<MemoryPeriod> Periods { get; init; }

    /// <summary>Gets what it is after.</summary>
    public required MemoryIntent Intent { get; init; }
}
