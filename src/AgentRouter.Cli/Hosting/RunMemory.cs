using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Configuration;
using AgentRouter.Memory;
using AgentRouter.Memory.Retrieval.Weights;
using AgentRouter.Memory.Storage.Sqlite;

namespace AgentRouter.Cli.Hosting;

/// <summary>What the agents of a run remember: the folder in the configuration, else <c>memory</c> in the project's folder. Nothing is opened or made before an agent needs it.</summary>
internal sealed class RunMemory : IAsyncDisposable
{
    private const string FolderName = "memory";

    private readonly SqliteMemoryStore _store;

    /// <summary>Makes the memory of a run.</summary>
    /// <param name="context">The world.</param>
    /// <param name="project">The workflow and its configuration.</param>
    /// <param name="embeddings">The embeddings of the runs.</param>
    /// <exception cref="ConfigurationException">The weights cannot be used.</exception>
    public RunMemory(CliContext context, WorkflowProject project, RunEmbeddings embeddings)
    {
        MemoryStoreSettings settings = project.Configuration.Memory;
        _store = new SqliteMemoryStore(settings.Folder ?? Path.Combine(project.Workflow.ProjectRoot ?? context.CurrentFolder, FolderName));
        Graph = new GraphMemory(_store, context.TimeProvider, settings.Embeddings is { } name ? embeddings.OfMemory(name) : null) { Weights = settings.Weights is { } weights ? MemoryWeights.Load(weights) : MemoryWeights.Default };
    }

    /// <summary>Gets the memory.</summary>
    public GraphMemory Graph { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Graph.DisposeAsync();
        await _store.DisposeAsync();
    }
}
