using System.Globalization;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Trace;

/// <summary>Shows the skills of an agent in a trace: what it was offered, each with its score and why, and what it opened.</summary>
internal sealed class SkillLines(IAnsiConsole console)
{
    private const int Deep = 6;
    private const int MostOfName = 40;
    private readonly Screen _screen = new(console);

    /// <summary>Shows an offer.</summary>
    /// <param name="offered">The offer.</param>
    public void Show(SkillsOffered offered)
    {
        _screen.Line(new Paragraph(new string(' ', Deep)).Append(offered.Skills.Count == 0 ? "no skill is found" : "skills offered", Palette.Strong));
        int name = offered.Skills.Select(skill => Untrusted.Line(skill.Name, MostOfName).Length).DefaultIfEmpty(0).Max();
        foreach (OfferedSkill skill in offered.Skills)
        {
            string score = skill.Score?.ToString("0.00", CultureInfo.InvariantCulture) ?? "    ";
            Line($"   {Untrusted.Line(skill.Name, MostOfName).PadRight(name)}  {score}  {Untrusted.Line(skill.Reason)}", Palette.Muted);
            if (skill.Warning is { } warning)
                Line($"   {new string(' ', name)}  careful: {Untrusted.Line(warning)}", Palette.Warning);
        }
    }

    /// <summary>Says what was opened.</summary>
    /// <param name="opened">The opening.</param>
    public static string TextOf(SkillOpened opened)
    {
        string what = opened.File is { } file ? $"reads {file} of the skill {opened.Name}" : $"opens the skill {opened.Name}";
        return $"{what}: {Numbers.Of(opened.Tokens, "token")}{(opened.IsCut ? ", cut" : "")}, {Numbers.Count(opened.TokensLeft)} left";
    }

    /// <summary>Says what a search has cost: it is booked outside any step.</summary>
    /// <param name="settled">The booking.</param>
    public static string TextOf(BudgetSettled settled) =>
        $"{Untrusted.Line(settled.Model, MostOfName)} makes vectors: {Numbers.Of(settled.Booked.Tokens, "token")}, booked {Numbers.Money(settled.Booked.Usd)}{(settled.InFull ? " in full, its usage is unknown" : "")}";

    private void Line(string text, Style style) =>
        _screen.Line(new Paragraph(new string(' ', Deep)).Append(Untrusted.Clip(text, _screen.Width - Deep - 1), style));
}
