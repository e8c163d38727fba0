namespace AgentRouter.Skills.Index;

/// <summary>How often each term stands in each field of one document: all that ranking reads of it.</summary>
internal sealed class DocumentTerms
{
    /// <summary>The most fields of a document: what a byte can mark.</summary>
    public const int MaxFields = 8;

    /// <summary>Gets the numbers of the terms, ascending.</summary>
    public required ulong[] Terms { get; init; }

    /// <summary>Gets the counts of all terms in order: for each a byte that marks the fields it stands in, then a number for each of these.</summary>
    public required byte[] Counts { get; init; }

    /// <summary>Gets the length of each field, in terms.</summary>
    public required int[] Lengths { get; init; }

    /// <summary>Gets a sketch of the fields behind the name and the description.</summary>
    public required BodySketch Sketch { get; init; }
}
