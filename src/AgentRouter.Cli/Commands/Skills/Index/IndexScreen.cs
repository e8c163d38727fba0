using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Pricing;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Skills.Index;

/// <summary>What came of indexing: the figures on standard output, what is wrong with skills on standard error.</summary>
internal sealed class IndexScreen(CliContext context)
{
    private const int ShownProblems = 20;
    private readonly Screen _screen = new(context.Terminal.Output);

    /// <summary>Shows the report.</summary>
    public void Show(IndexReport report)
    {
        Problems(report);
        _screen.Fact("skills", $"{Numbers.Count(report.Skills)}: {Numbers.Count(report.Added)} new, {Numbers.Count(report.Changed)} changed, {Numbers.Count(report.Unchanged)} not read again, {Numbers.Count(report.Removed)} gone{(report.Unusable > 0 ? $"; {Numbers.Count(report.Unusable)} cannot be used" : "")}");
        if (report.VectorLength > 0)
            _screen.Fact("vectors", $"{Numbers.Count(report.VectorLength)} numbers each, {(report.Embedded is { } made ? $"made by '{Untrusted.Line(made.Embeddings, 40)}'" : "learned from the skills")}");
        if (report.Embedded is { Texts: > 0 } embedded)
            _screen.Fact("embedded", $"{Numbers.Of(embedded.Texts, "text")} of {Numbers.Of(embedded.Tokens, "token")}{(embedded.Spent > Money.Zero ? $", {Numbers.Money(embedded.Spent)}" : "")}");
        _screen.Fact("index", $"{context.Shorten(report.File)}, {Numbers.Bytes(report.Bytes)}");
    }

    private void Problems(IndexReport report)
    {
        IAnsiConsole error = context.Terminal.Error;
        SkillProblems.Show(error, report.Problems.Take(ShownProblems));
        if (report.Problems.Count > ShownProblems)
            error.Write(new Text($"{_screen.Glyphs.Cut} {Numbers.Count(report.Problems.Count - ShownProblems)} more; 'skills lint' shows all\n", Palette.Muted));
    }
}
