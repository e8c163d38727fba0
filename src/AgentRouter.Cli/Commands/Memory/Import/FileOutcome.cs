using AgentRouter.Configuration;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Storage.Exchange;

namespace AgentRouter.Cli.Commands.Memory.Import;

/// <summary>What came of one file: a source, the export of another memory, or why it could not be imported.</summary>
internal sealed record FileOutcome
{
    public ImportResult? Source { get; init; }

    public MemoryImported? Export { get; init; }

    public ConfigurationException? Wrong { get; init; }
}
