using Spectre.Console;

namespace AgentRouter.Cli.Terminals;

/// <summary>The few styles of all screens. They are of the terminal's own sixteen colours, so that its theme holds.</summary>
internal static class Palette
{
    public static readonly Style Plain = Style.Plain;
    public static readonly Style Strong = new(decoration: Decoration.Bold);
    public static readonly Style Muted = new(Color.Grey);
    public static readonly Style Good = new(Color.Green);
    public static readonly Style Bad = new(Color.Red);
    public static readonly Style Warning = new(Color.Olive);
    public static readonly Style Accent = new(Color.Teal);
}
