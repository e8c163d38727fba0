using AgentRouter.Expressions;

namespace AgentRouter.Tools.Workspace;

/// <summary>Gets a text resource from an allowed host.</summary>
internal sealed class HttpGetTool
{
    public static ToolDescription Description { get; } = new(
        "workspace.httpGet",
        "Get a web page or other text resource over HTTP from an allowed host.",
        new DataType.Object(new Dictionary<string, DataType>
        {
            ["status"] = DataType.Number,
            ["contentType"] = DataType.Text,
            ["text"] = DataType.Text,
        }))
    {
        Parameters = ["url"],
        RequiredParameters = ["url"],
        IsIdempotent = true,
    };
}
