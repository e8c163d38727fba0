using Spectre.Console;

namespace AgentRouter.Cli.Presentation;

/// <summary>A cell of a <see cref="ColumnTable"/>: one line of clean text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Style">Its style; plain when not given.</param>
internal readonly record struct Cell(string Text, Style? Style = null)
{
    public static implicit operator Cell(string text) => new(text);
}
