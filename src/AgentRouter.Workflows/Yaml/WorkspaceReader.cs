using AgentRouter.Configuration;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads what the workspace tools may do.</summary>
internal static class WorkspaceReader
{
    private static readonly Dictionary<string, SandboxMode> Modes = new()
    {
        ["auto"] = SandboxMode.Auto,
        ["bubblewrap"] = SandboxMode.Bubblewrap,
        ["plain"] = SandboxMode.Plain,
    };

    public static WorkspaceSettings Read(MapReader? map)
    {
        if (map is null)
            return new WorkspaceSettings();
        var settings = new WorkspaceSettings
        {
            AllowedHosts = map.Texts("allowedHosts") ?? [],
            TestCommand = map.Text("testCommand"),
            Sandbox = map.Choice("sandbox", Modes) ?? SandboxMode.Auto,
            ReadOnlyFolders = map.Texts("readOnlyFolders") ?? [],
        };
        foreach (string folder in settings.ReadOnlyFolders)
        {
            if (!Path.IsPathFullyQualified(folder))
                map.File.Error(map.Find("readOnlyFolders")!, $"'{folder}' is not an absolute path.");
        }

        map.Finish();
        return settings;
    }
}
