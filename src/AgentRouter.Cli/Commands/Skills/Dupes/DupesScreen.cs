using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Skills.Duplicates;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Skills.Dupes;

/// <summary>Skills and their copies.</summary>
internal sealed class DupesScreen(IAnsiConsole console, CliContext context)
{
    private const int ShownGroups = 50;
    private const int ShownCopies = 10;
    private readonly Screen _screen = new(console);

    /// <summary>Shows them.</summary>
    /// <param name="groups">The groups, the largest first.</param>
    /// <param name="skills">How many skills were compared.</param>
    public void Show(IReadOnlyList<CopyGroup> groups, int skills)
    {
        foreach (CopyGroup group in groups.Take(ShownGroups))
            Show(group);
        if (groups.Count > 0)
            _screen.Gap();
        int copies = groups.Sum(group => group.Copies.Count), shadowed = groups.Sum(group => group.Copies.Count(copy => copy.IsShadowed));
        _screen.Fact("copies", $"{Numbers.Count(copies)} among {Numbers.Of(skills, "skill")}, in {Numbers.Of(groups.Count, "group")}{(groups.Count > ShownGroups ? $", of which {ShownGroups} are shown" : "")}");
        _screen.Fact("shadowed", $"{Numbers.Count(shadowed)}: a copy with the same name is never found by searching");
    }

    private void Show(CopyGroup group)
    {
        _screen.Title(Untrusted.Line(group.First.Name, 60), Untrusted.Line(context.Shorten(group.First.Id), 200));
        var table = new ColumnTable(
            new Column("copy") { IsFlexible = true, IsCutInMiddle = true },
            new Column("name"),
            new Column("alike") { IsRight = true },
            new Column("shadowed") { LeaveOut = 1 });
        foreach (SkillCopy copy in group.Copies.Take(ShownCopies))
            table.Row(Untrusted.Line(context.Shorten(copy.Skill.Id), 200), Untrusted.Line(copy.Skill.Name, 40), Figures.Percent(copy.Likeness), copy.IsShadowed ? "yes" : "");
        _screen.Write(table);
        if (group.Copies.Count > ShownCopies)
            _screen.Indented(2, $"{_screen.Glyphs.Cut} {Numbers.Count(group.Copies.Count - ShownCopies)} more", Palette.Muted);
    }
}
