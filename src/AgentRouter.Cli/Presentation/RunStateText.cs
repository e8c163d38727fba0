using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs;
using Spectre.Console;

namespace AgentRouter.Cli.Presentation;

/// <summary>How a recorded run stands now, in words and colours: at work, interrupted, or as it ended.</summary>
internal static class RunStateText
{
    private const int MostOfNode = 30;

    /// <summary>Gets the words.</summary>
    public static string Of(RunSummary run) => run switch
    {
        { Outcome: null, Owner: not null } => "running",
        { Outcome: null } => "interrupted",
        { Outcome: RunOutcome.Waiting, WaitsAt: { } node } => "waiting at " + Untrusted.Line(node, MostOfNode),
        _ => OutcomeText.Of(run.Outcome),
    };

    /// <summary>Gets the colour.</summary>
    public static Style StyleOf(RunSummary run) => run switch
    {
        { Outcome: null, Owner: not null } => Palette.Accent,
        { Outcome: null } => OutcomeText.StyleOf(RunOutcome.Cancelled),
        _ => OutcomeText.StyleOf(run.Outcome),
    };

    /// <summary>Gets the sign.</summary>
    public static char SignOf(RunSummary run, Glyphs glyphs) => run is { Outcome: null, Owner: not null } ? glyphs.Active : OutcomeText.SignOf(run.Outcome, glyphs);
}
