using Spectre.Console;

namespace AgentRouter.Cli.Terminals;

/// <summary>The signs on the screens; plain letters where the terminal knows no Unicode.</summary>
internal sealed record Glyphs
{
    private static readonly Glyphs Unicode = new();

    private static readonly Glyphs Ascii = new()
    {
        Active = '*',
        Done = '+',
        Failed = 'x',
        Open = '.',
        Arrow = "->",
        Dot = "-",
        Full = '#',
        Held = '+',
        Empty = '-',
        Missing = "-",
        Rule = '-',
        Times = "x",
        Cut = "...",
    };

    /// <summary>Gets the sign of what works now.</summary>
    public char Active { get; private init; } = '●';

    /// <summary>Gets the sign of what is done.</summary>
    public char Done { get; private init; } = '✓';

    /// <summary>Gets the sign of what failed.</summary>
    public char Failed { get; private init; } = '✗';

    /// <summary>Gets the sign of what has not begun.</summary>
    public char Open { get; private init; } = '○';

    /// <summary>Gets the sign between one node and the next.</summary>
    public string Arrow { get; private init; } = "→";

    /// <summary>Gets the sign between facts on one line.</summary>
    public string Dot { get; private init; } = "·";

    /// <summary>Gets the part of a bar that is spent.</summary>
    public char Full { get; private init; } = '█';

    /// <summary>Gets the part of a bar that is held.</summary>
    public char Held { get; private init; } = '▒';

    /// <summary>Gets the part of a bar that is free.</summary>
    public char Empty { get; private init; } = '░';

    /// <summary>Gets the sign for a number that is zero or unknown.</summary>
    public string Missing { get; private init; } = "–";

    /// <summary>Gets the sign that thin rules are made of.</summary>
    public char Rule { get; private init; } = '─';

    /// <summary>Gets the sign after a count of visits.</summary>
    public string Times { get; private init; } = "×";

    /// <summary>Gets the mark of a text that was cut.</summary>
    public string Cut { get; private init; } = "…";

    /// <summary>Gets the signs that a terminal can show.</summary>
    /// <param name="capabilities">The terminal's capabilities.</param>
    public static Glyphs For(IReadOnlyCapabilities capabilities) => capabilities.Unicode ? Unicode : Ascii;
}
