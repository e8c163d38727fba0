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
}
