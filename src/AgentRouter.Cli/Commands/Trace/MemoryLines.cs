using System.Globalization;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Trace;

/// <summary>Shows the memory of an agent in a trace: which notes it was shown, each with its score and where it comes from, and what was remembered.</summary>
internal sealed class MemoryLines(IAnsiConsole console)
{
    private const int Deep = 6;
    private const int MostOfSource = 40;
    private readonly Screen _screen = new(console);

    /// <summary>Shows a recall.</summary>
    /// <param name="recalled">The recall.</param>
    public void Show(MemoryRecalled recalled)
    {
        string head = recalled.Notes.Count == 0 ? "nothing was found that fits" : $"recalled {Numbers.Of(recalled.Notes.Count, "note")}, {Numbers.Of(recalled.Tokens, "token")}";
        _screen.Line(new Paragraph(new string(' ', Deep)).Append(head, Palette.Strong));
        string[] sources = [.. recalled.Notes.Select(note => Untrusted.Line(note.Source ?? note.Key, MostOfSource))];
        int width = sources.Select(source => source.Length).DefaultIfEmpty(0).Max();
        for (int i = 0; i < sources.Length; i++)
        {
            RecalledNote note = recalled.Notes[i];
            Line(string.Create(CultureInfo.InvariantCulture, $"   [{note.Number}] {sources[i].PadRight(width)}  {note.Score:0.00}  {Untrusted.Line(note.Scope)} #{note.Node}"));
            if (note.Text is { } text)
                Line($"       “{Untrusted.Line(text)}”");
        }

        if (recalled.IsSummed)
            Line("   a summary stands before them");
        foreach (RecallPart part in recalled.Plan ?? [])
            Line($"   {part.Part}: {part.Effort}, {Untrusted.Line(part.Reason)}{(part.Shortfall is { } shortfall ? $" ({Untrusted.Line(shortfall)})" : "")}");
        if (recalled.Unseen > 0)
            Line($"   {Numbers.Of(recalled.Unseen, "node")} written since, not searched yet");
    }

    /// <summary>Says what a search has found.</summary>
    /// <param name="searched">The search.</param>
    public static string TextOf(MemorySearched searched) => $"a search finds {Numbers.Of(searched.Found, "note")}";

    /// <summary>Says what was embedded.</summary>
    /// <param name="embedded">The embedding.</param>
    public static string TextOf(TaskEmbedded embedded) => embedded.Problem is { } problem
        ? $"the task has no vectors: {Untrusted.Line(problem)}"
        : $"the vectors of the task{(embedded.Texts == 1 ? "" : $" and {Numbers.Of(embedded.Texts - 1, "part")} of it")} are compared";

    /// <summary>Says what was remembered.</summary>
    /// <param name="remembered">The writing.</param>
    public static string TextOf(MemoryRemembered remembered) =>
        $"remembers {Numbers.Of(remembered.Items, "turn")}{(remembered.Facts is { } facts ? $" and {Numbers.Of(facts, "fact")}" : "")} in {Untrusted.Line(remembered.Scope)}";

    /// <summary>Says what a model is asked about.</summary>
    /// <param name="asked">The question.</param>
    public static string TextOf(FactsAsked asked) => $"a model looks for facts in {Numbers.Of(asked.Episodes, "turn")}, beside {Numbers.Of(asked.Known, "known fact")}";

    private void Line(string text) => _screen.Line(new Paragraph(new string(' ', Deep)).Append(Untrusted.Clip(text, _screen.Width - Deep - 1), Palette.Muted));
}
