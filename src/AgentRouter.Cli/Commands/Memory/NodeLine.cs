using AgentRouter.Cli.Terminals;
using AgentRouter.Memory.Graph;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory;

/// <summary>A node as it is listed: what it says, and muted what it is.</summary>
internal static class NodeLine
{
    private const int MostText = 160;

    /// <summary>Draws it.</summary>
    public static Paragraph Of(MemoryNode node, Glyphs glyphs)
    {
        bool isName = node.Kind is MemoryNodeKind.Concept or MemoryNodeKind.Source;
        var line = new Paragraph(GraphWords.Name(node, MostText), isName ? Palette.Accent : Palette.Plain);
        string[] facts = [GraphWords.Of(node.Kind), .. node.SaidAt is { } said ? [Moments.Of(said)] : Array.Empty<string>(), $"#{node.Id}"];
        line.Append("  " + string.Join($" {glyphs.Dot} ", facts), Palette.Muted);
        if (node.HeldUntil is { } until)
            line.Append($"  held until {Moments.Of(until)}", Palette.Warning);
        return line;
    }
}
