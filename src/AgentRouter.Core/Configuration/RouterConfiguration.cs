using AgentRouter.Budgets;
using AgentRouter.Models;

namespace AgentRouter.Configuration;

/// <summary>What <c>agentrouter.yaml</c> says: who serves the models, which models there are, and the defaults of a run.</summary>
public sealed record RouterConfiguration
{
    /// <summary>Gets the file it was read from, or <see langword="null"/> for the embedded default.</summary>
    public string? SourceFile { get; init; }

    /// <summary>Gets the providers by name.</summary>
    public IReadOnlyDictionary<string, ProviderSettings> Providers { get; init; } = new Dictionary<string, ProviderSettings>();

    /// <summary>Gets the tiers, from the least to the most capable.</summary>
    public IReadOnlyList<string> Tiers { get; init; } = [];

    /// <summary>Gets the models.</summary>
    public IReadOnlyList<ModelProfile> Models { get; init; } = [];

    /// <summary>Gets what makes vectors of texts, by name.</summary>
    public IReadOnlyDictionary<string, EmbeddingProfile> Embeddings { get; init; } = new Dictionary<string, EmbeddingProfile>();

    /// <summary>Gets what puts found skills into their final order, by name.</summary>
    public IReadOnlyDictionary<string, RerankerProfile> Rerankers { get; init; } = new Dictionary<string, RerankerProfile>();

    /// <summary>Gets the budget of a workflow that names none.</summary>
    public Budget? DefaultBudget { get; init; }

    /// <summary>Gets the policy of a workflow that names none.</summary>
    public string? DefaultPolicy { get; init; }

    /// <summary>Gets where and how runs are recorded.</summary>
    public RunStoreSettings Runs { get; init; } = new();

    /// <summary>Gets where memories are kept.</summary>
    public MemoryStoreSettings Memory { get; init; } = new();

    /// <summary>Gets the budgets above runs, by name.</summary>
    public IReadOnlyDictionary<string, SpendingAccount> Accounts { get; init; } = new Dictionary<string, SpendingAccount>();

    /// <summary>Gets the account that runs draw from which name none, or <see langword="null"/> for none.</summary>
    public string? DefaultAccount { get; init; }

    /// <summary>Gets a value indicating whether prompts and answers are recorded in events and traces.</summary>
    public bool RecordContent { get; init; }

    /// <summary>Gets what the workspace tools may do.</summary>
    public WorkspaceSettings Workspace { get; init; } = new();

    /// <summary>Gets the MCP servers by name, whose tools agents may use as <c>mcp.NAME.TOOL</c>.</summary>
    public IReadOnlyDictionary<string, McpServerSettings> McpServers { get; init; } = new Dictionary<string, McpServerSettings>();
}
