using AgentRouter.Memory.Ingestion;

namespace AgentRouter.Cli.Commands.Memory.Import;

/// <summary>What came of an import.</summary>
/// <param name="Sources">What was done with each source.</param>
/// <param name="Exports">How many exports of memories were taken up.</param>
/// <param name="NewNodes">How many nodes were not there before.</param>
/// <param name="NewEdges">How many edges were not there before.</param>
/// <param name="Skipped">What was left out.</param>
/// <param name="Damaged">The files of which nothing was imported, because something is wrong with them.</param>
internal sealed record ImportReport(IReadOnlyList<ImportResult> Sources, int Exports, long NewNodes, long NewEdges, IReadOnlyList<SkippedFile> Skipped, IReadOnlyList<SkippedFile> Damaged)
{
    /// <summary>Gets the folder of the memory.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Gets a value indicating whether nothing was remembered for the scope before.</summary>
    public bool IsNewScope { get; init; }

    /// <summary>Gets a value indicating whether no file was imported.</summary>
    public bool IsEmpty => Sources.Count == 0 && Exports == 0;

    /// <summary>Gets a value indicating whether the memory is as it was before.</summary>
    public bool IsUnchanged => NewNodes == 0 && NewEdges == 0 && Sources.All(source => source.Outcome == ImportOutcome.Unchanged);
}
