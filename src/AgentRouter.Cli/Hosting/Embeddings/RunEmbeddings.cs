using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;
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
    public ISkillEmbedder? Find(string name)
    {
        if (!configuration.Embeddings.TryGetValue(name, out EmbeddingProfile? profile) || (profile.Provider is { } provider && !configuration.Providers.ContainsKey(provider)))
            return null;
        lock (_lock)
        {
            if (!_open.TryGetValue(name, out OpenEmbeddings? open))
                _open[name] = open = OpenEmbeddings.Open(context, configuration, profile);
            return open.Embedder;
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
