using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Memory;

namespace AgentRouter.Cli.Commands.Memory.Embed;

/// <summary>What <c>agentrouter memory embed</c> was told.</summary>
internal sealed record EmbedMemoryOptions
{
    public required MemoryScope Scope { get; init; }

    public required EmbeddingChoice Choice { get; init; }

    public string? Account { get; init; }

    public string? Store { get; init; }

    public string? RunsFolder { get; init; }

    public bool IsJson { get; init; }
}
