using System.Globalization;
using ModelContextProtocol.Server;

namespace AgentRouter.TestMcpServer;

/// <summary>The skill of the server, with a file that says which process it is.</summary>
public static class ServerSkills
{
    public static IEnumerable<McpServerResource> All =>
    [
        Make("skill://return-goods/SKILL.md", () => "---\nname: return-goods\ndescription: Take goods back that a customer wants to return.\n---\nAsk for the order first.\n"),
        Make("skill://return-goods/pid.txt", () => Environment.ProcessId.ToString(CultureInfo.InvariantCulture)),
    ];

    private static McpServerResource Make(string uri, Func<string> text) => McpServerResource.Create(text, new() { UriTemplate = uri, Name = uri, MimeType = "text/markdown" });
}
