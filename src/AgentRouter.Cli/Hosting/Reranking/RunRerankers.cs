using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Skills.Reranking;
using AgentRouter.Skills.Sources;

namespace AgentRouter.Cli.Hosting.Reranking;

/// <summary>The rerankers of the runs of a process: each model is loaded when it is first asked for. Thread-safe.</summary>
internal sealed class RunRerankers(CliContext context, RouterConfiguration configuration) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OpenReranker> _open = [];

    /// <summary>Finds a reranker; <see langword="null"/> for a name that is not there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="sources">The sources that bodies are read from.</param>
    /// <exception cref="ConfigurationException">It cannot be loaded.</exception>
    public ISkillReranker? Find(string name, IReadOnlyList<ISkillSource> sources)
    {
        if (!configuration.Rerankers.TryGetValue(name, out RerankerProfile? profile))
            return null;
        lock (_lock)
        {
            if (!_open.TryGetValue(name, out OpenReranker? open))
                _open[name] = open = OpenReranker.Open(context, configuration, profile);
            return open.Over(sources);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (OpenReranker each in _open.Values)
                each.Dispose();
            _open.Clear();
        }
    }
}
