using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Memory;
using AgentRouter.Memory.Retrieval;

namespace AgentRouter.Cli.Commands.Memory.Ask;

/// <summary>What <c>agentrouter memory ask</c> was told where the effort is more than low.</summary>
internal sealed record AskOptions
{
    public required MemoryQuestion Question { get; init; }

    public required IReadOnlyCollection<MemoryScope> Scopes { get; init; }

    public required AskEffort Effort { get; init; }

    public required EmbeddingChoice Choice { get; init; }

    public string? Rerank { get; init; }

    public string? Account { get; init; }

    public string? Store { get; init; }

    public string? RunsFolder { get; init; }

    public bool IsJson { get; init; }
}
