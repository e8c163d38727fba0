namespace AgentRouter.Cli.Commands.Tools.Graph;

/// <summary>The formats of <c>tools graph</c>.</summary>
internal static class ToolGraphFormat
{
    public const string Table = "table";
    public const string Mermaid = "mermaid";
    public const string Dot = "dot";
    public const string Yaml = "yaml";
}
