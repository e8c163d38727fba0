using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Runs.Check;

/// <summary>What is wrong with a store.</summary>
internal sealed class CheckScreen(IAnsiConsole console)
{
    private const int MostProblems = 50;

    private readonly Screen _screen = new(console);

    /// <summary>Shows what was found.</summary>
    public void Show(string file, IReadOnlyList<string> problems)
    {
        if (problems.Count == 0)
        {
            _screen.Line(new Paragraph($"{_screen.Glyphs.Done} ", Palette.Good).Append($"{file} is whole."));
            return;
        }

        _screen.Line(new Paragraph($"{_screen.Glyphs.Failed} ", Palette.Bad).Append($"{Numbers.Of(problems.Count, "problem")} in {file}"));
        foreach (string problem in problems.Take(MostProblems))
            _screen.Indented(2, Untrusted.Line(problem, 2_000), Palette.Plain);
        if (problems.Count > MostProblems)
            _screen.Indented(2, $"{_screen.Glyphs.Cut} {Numbers.Of(problems.Count - MostProblems, "more problem")}", Palette.Muted);
    }
}
