using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Models;
using AgentRouter.Skills.Dense;

namespace AgentRouter.Cli.Hosting.Embeddings;

/// <summary>The embeddings of the runs of a process: each is opened when it is first asked for, and spends from the run that asks. Thread-safe.</summary>
internal sealed class RunEmbeddings(CliContext context, RouterConfiguration configuration) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OpenEmbeddings> _open = [];

    /// <summary>Finds an embedder; <see langword="null"/> for a name that is not there, and for a provider that is not asked where a script answers.</summary>
    /// <exception cref="ConfigurationException">It cannot be opened.</exception>
    public ISkillEmbedder? Find(string name) => Profile(name) is { } profile ? Open(profile).Embedder : null;

    /// <summary>Finds what embeds the tasks of agents with a memory; <see langword="null"/> as for <see cref="Find"/>. It is opened when the first task is embedded.</summary>
    /// <exception cref="ConfigurationException">The lock of a model cannot be read.</exception>
    public MemoryEmbeddings? OfMemory(string name) =>
        Profile(name) is { } profile ? new MemoryEmbeddings(new TaskEmbeddings(() => Open(profile)), profile.WithRevision().VectorName) : null;

    private EmbeddingProfile? Profile(string name) =>
        configuration.Embeddings.GetValueOrDefault(name) is { } profile && (profile.Provider is not { } provider || configuration.Providers.ContainsKey(provider)) ? profile : null;

    private OpenEmbeddings Open(EmbeddingProfile profile)
    {
        lock (_lock)
        {
            if (!_open.TryGetValue(profile.Name, out OpenEmbeddings? open))
                _open[profile.Name] = open = OpenEmbeddings.Open(context, configuration, profile);
            return open;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (OpenEmbeddings each in _open.Values)
                each.Dispose();
            _open.Clear();
        }
    }
}
