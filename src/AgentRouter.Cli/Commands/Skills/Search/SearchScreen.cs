using System.Globalization;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Skills.Retrieval;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Skills.Search;

/// <summary>The skills that were found.</summary>
internal sealed class SearchScreen(IAnsiConsole console, CliContext context)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows them.</summary>
    /// <param name="matches">The skills, the best first.</param>
    /// <param name="count">How many there are to choose from.</param>
    /// <param name="explain">Whether it is said why.</param>
    public void Show(IReadOnlyList<SkillMatch> matches, int count, bool explain)
    {
        if (matches.Count == 0)
        {
            _screen.Line(new Paragraph($"No word of the task stands in any of {Numbers.Of(count, "skill")}.", Palette.Muted));
            return;
        }

        if (explain)
            Explain(matches);
        else
            List(matches);
    }

    private void List(IReadOnlyList<SkillMatch> matches)
    {
        var table = new ColumnTable(
            new Column("#") { IsRight = true },
            new Column("skill"),
            new Column("score") { IsRight = true },
            new Column("what for") { IsFlexible = true, MostLines = 2 });
        for (int i = 0; i < matches.Count; i++)
            table.Row(Numbers.Count(i + 1), new Cell(Untrusted.Line(matches[i].Skill.Name, 40), Palette.Accent), Figures.Three(matches[i].Score), Untrusted.Line(matches[i].Skill.Description, 200));
        _screen.Write(table);
    }

    private void Explain(IReadOnlyList<SkillMatch> matches)
    {
        for (int i = 0; i < matches.Count; i++)
        {
            SkillMatch match = matches[i];
            _screen.Title(string.Create(CultureInfo.InvariantCulture, $"{i + 1}  {Untrusted.Line(match.Skill.Name, 60)}"), Figures.Three(match.Score));
            _screen.Fact("what for", match.Skill.Description);
            _screen.Fact("views", string.Join(", ", match.Views.Select(view => $"{view.View} {Figures.Three(view.Share)}")));
            _screen.Fact("words", string.Join(", ", match.Words.Select(word => $"{word.Word} {Figures.Three(word.Score)}")));
            _screen.Fact("place", Reason(match));
            _screen.Fact("from", context.Shorten(match.Skill.Id));
        }
    }

    private static string Reason(SkillMatch match) => match.Reason switch
    {
        MatchReason.Score => "by its score",
        MatchReason.Ranks => "by its ranks under the single views",
        MatchReason.Repeat => "behind the first ten: it repeats one above, by name or by half of its text",
        MatchReason.Ranker => "by the trained ranker",
        MatchReason.Model => "a model put it there",
        _ => $"the best for: {Untrusted.Line(match.Sentence, 160)}",
    };
}
