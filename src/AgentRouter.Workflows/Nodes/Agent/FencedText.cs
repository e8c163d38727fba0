using System.Text;

namespace AgentRouter.Workflows.Nodes.Agent;

/// <summary>Text in a prompt that is data: in tags of its own that it cannot close, and bounded.</summary>
internal static class FencedText
{
    private const int PerValue = 6_000;
    private const int Total = 24_000;

    /// <summary>Appends a value in tags; what does not fit the prompt any more is left out.</summary>
    /// <param name="text">The prompt.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="name">What it is called, or <see langword="null"/>.</param>
    /// <param name="value">The value.</param>
    public static void Append(StringBuilder text, string tag, string? name, string value)
    {
        int room = Math.Min(PerValue, Total - text.Length);
        if (room <= 0)
            return;
        // a value that writes the closing tag cannot step out of it
        string content = TextLimit.Shorten(value, room).Replace($"</{tag}>", $"<\\/{tag}>", StringComparison.OrdinalIgnoreCase);
        string attribute = name is null ? "" : $" name=\"{name}\"";
        text.Append('<').Append(tag).Append(attribute).Append(">\n").Append(content).Append("\n</").Append(tag).Append(">\n");
    }
}
