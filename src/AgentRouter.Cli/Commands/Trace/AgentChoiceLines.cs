using System.Globalization;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Trace;

/// <summary>Shows the choice of a route node in a trace: who works and why, then all candidates with their preferences and masks.</summary>
internal sealed class AgentChoiceLines(IAnsiConsole console)
{
    private const int Deep = 6;
    private const int MostOfName = 40;
    private readonly Screen _screen = new(console);

    /// <summary>Shows a choice.</summary>
    /// <param name="routed">The choice.</param>
    public void Show(AgentRouted routed)
    {
        string who = Untrusted.Line(string.Join(", ", routed.Chosen), 80);
        string why = Untrusted.Line($"{routed.Reason}, for {routed.TaskKind}", Math.Max(10, _screen.Width - Deep - who.Length - 3));
        _screen.Line(new Paragraph(new string(' ', Deep)).Append(who, Palette.Strong).Append("  " + why, Palette.Accent));
        int name = routed.Candidates.Select(candidate => Untrusted.Line(candidate.Agent, MostOfName).Length).DefaultIfEmpty(0).Max();
        foreach (AgentCandidate candidate in routed.Candidates)
        {
            bool chosen = routed.Chosen.Contains(candidate.Agent);
            string sign = chosen ? _screen.Glyphs.Arrow.PadRight(2) : "  ";
            string preference = candidate.Preference.ToString("0.00", CultureInfo.InvariantCulture);
            string mask = candidate.MaskedBy is { } masked ? ", masked: " + Untrusted.Line(masked) : "";
            string line = $"{sign} {Untrusted.Line(candidate.Agent, MostOfName).PadRight(name)}  preference {preference}{mask}";
            _screen.Line(new Paragraph(new string(' ', Deep)).Append(Untrusted.Clip(line, _screen.Width - Deep - 1), chosen ? Palette.Plain : Palette.Muted));
        }
    }
}
