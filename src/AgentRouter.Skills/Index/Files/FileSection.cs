namespace AgentRouter.Skills.Index.Files;

/// <summary>The sections of an index file, in the order in which they are written.</summary>
internal enum FileSection
{
    /// <summary>What is known of each skill.</summary>
    Skills,

    /// <summary>The numbers of the terms, eight bytes each.</summary>
    Terms,

    /// <summary>Where the list of each term ends, four bytes each.</summary>
    Ends,

    /// <summary>The lists of the terms.</summary>
    Lists,

    /// <summary>The lengths of the documents' fields, four bytes each.</summary>
    Lengths,

    /// <summary>Where the vectors come from; empty when there are none, as are the sections behind.</summary>
    Space,

    /// <summary>The numbers of the terms that have learned vectors, eight bytes each.</summary>
    Words,

    /// <summary>What each of these vectors is to be multiplied with, four bytes each.</summary>
    WordWeights,

    /// <summary>The vectors of the terms, a byte a number.</summary>
    WordRows,

    /// <summary>The vectors of the skills, a byte a number.</summary>
    Vectors,

    /// <summary>Where the vectors of each skill end, four bytes each; empty when each has one.</summary>
    VectorEnds,
}
