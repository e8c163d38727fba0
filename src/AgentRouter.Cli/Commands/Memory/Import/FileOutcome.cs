using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Storage.Exchange;

namespace AgentRouter.Cli.Commands.Memory.Import;

/// <summary>What came of one file: a source, the export of another memory, or why it was not imported.</summary>
internal sealed record FileOutcome
{
    public ImportResult? Source { get; init; }

    public MemoryImported? Export { get; init; }

    /// <summary>Gets why the file was left out, being of another kind.</summary>
    public SkippedFile? Skipped { get; init; }

    /// <summary>Gets why the file could not be imported.</summary>
    public SkippedFile? Damaged { get; init; }

    public bool IsImported => Source is not null || Export is not null;
}
