using System.Globalization;
using AgentRouter.Tools.Text;
using ModelContextProtocol.Protocol;

namespace AgentRouter.Tools.Mcp;

/// <summary>Turns what an MCP tool returned into text or JSON of bounded size.</summary>
internal static class McpResults
{
    private const int MaxCharacters = 20_000;

    /// <summary>Reads a result: its structured content where it has such and it fits, else its text.</summary>
    public static object Read(CallToolResult result)
    {
        if (result.StructuredContent is not { } structured) return ToText(result.Content);
        string json = structured.GetRawText();
        return json.Length <= MaxCharacters ? structured : OutputCapture.Shorten(json, MaxCharacters);
    }

    /// <summary>Joins the blocks; what is not text is named.</summary>
    public static string ToText(IEnumerable<ContentBlock> blocks)
    {
        var text = new OutputCapture(MaxCharacters);
        bool isFirst = true;
        foreach (ContentBlock block in blocks)
        {
            if (!isFirst) text.Append("\n");
            text.Append(ToText(block));
            isFirst = false;
        }

        return text.ToString();
    }

    private static string ToText(ContentBlock block) => block switch
    {
        TextContentBlock text => text.Text,
        EmbeddedResourceBlock { Resource: TextResourceContents resource } => resource.Text,
        ResourceLinkBlock link => link.Uri,
        ImageContentBlock image => LeftOut(image.MimeType, image.DecodedData.Length),
        AudioContentBlock audio => LeftOut(audio.MimeType, audio.DecodedData.Length),
        _ => $"[{block.Type} left out]",
    };

    private static string LeftOut(string type, int bytes) => string.Create(CultureInfo.InvariantCulture, $"[{type}, {bytes:N0} bytes, left out]");
}
