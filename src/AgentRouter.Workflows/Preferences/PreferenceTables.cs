using AgentRouter.Configuration;

namespace AgentRouter.Workflows.Preferences;

/// <summary>The tables of an engine: one for each file that its workflows name, and one in memory for those that name none. Thread-safe.</summary>
internal sealed class PreferenceTables(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, AgentPreferences> _files = [];
    private readonly AgentPreferences _memory = new(null, timeProvider);

    /// <exception cref="ConfigurationException">The file is corrupt or cannot be read.</exception>
    public AgentPreferences Open(string? path)
    {
        if (path is null)
            return _memory;
        lock (_lock)
        {
            if (!_files.TryGetValue(path, out AgentPreferences? table))
                _files[path] = table = new AgentPreferences(path, timeProvider);
            return table;
        }
    }
}
