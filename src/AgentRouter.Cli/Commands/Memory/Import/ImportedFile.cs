namespace AgentRouter.Cli.Commands.Memory.Import;

/// <summary>What a file is taken for.</summary>
internal enum ImportedKind
{
    Document,
    Conversation,
}

/// <summary>A file that is imported.</summary>
/// <param name="Path">The file.</param>
/// <param name="Key">The key of the source that it becomes.</param>
/// <param name="Kind">What it is, by its name. A conversation may turn out to be the export of a memory.</param>
/// <param name="IsNamed">Whether it was named itself, not only its folder.</param>
internal sealed record ImportedFile(string Path, string Key, ImportedKind Kind, bool IsNamed)
{
    private static readonly string[] Documents = [".md", ".markdown", ".txt"];
    private static readonly string[] Conversations = [".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz"];

    /// <summary>Tells what a file is by its name.</summary>
    public static ImportedKind? KindOf(string path)
    {
        if (Documents.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            return ImportedKind.Document;
        return Conversations.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? ImportedKind.Conversation : null;
    }
}

/// <summary>A file, or an item of it, that was not imported.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Reason">Why.</param>
internal sealed record SkippedFile(string Place, string Reason);
