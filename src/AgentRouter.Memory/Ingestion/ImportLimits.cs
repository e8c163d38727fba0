namespace AgentRouter.Memory.Ingestion;

/// <summary>How much can be imported at once. What is more is an error that says so: nothing is cut in silence.</summary>
internal static class ImportLimits
{
    /// <summary>The most items of a source.</summary>
    public const int Items = 100_000;

    /// <summary>The most characters of an item's text.</summary>
    public const int TextLength = 100_000;

    /// <summary>The most characters of a title, a speaker's name or the description of an attachment.</summary>
    public const int NoteLength = 4_000;

    /// <summary>The most characters of the key of a source or an item.</summary>
    public const int KeyLength = 500;

    /// <summary>The most concepts that an item is linked to: an item that names more is a list or a table, and says little of each.</summary>
    public const int ConceptsOfItem = 200;

    /// <summary>The most topics that an item is linked to.</summary>
    public const int TopicsOfItem = 3;
}
