namespace AgentRouter.Tools.Workspace;

/// <summary>The workspace tools as they are known before a run.</summary>
public static class WorkspaceToolDescriptions
{
    /// <summary>The name that stands for all workspace tools in YAML.</summary>
    public const string SourceName = "workspace";

    /// <summary>Gets all workspace tools.</summary>
    public static IReadOnlyList<ToolDescription> All { get; } =
    [
        ReadTool.Description,
        WriteTool.Description,
        EditTool.Description,
        ListTool.Description,
        SearchTool.Description,
        RunTool.Description,
        TestTool.Description,
        Http.HttpGetTool.Description,
    ];
}
