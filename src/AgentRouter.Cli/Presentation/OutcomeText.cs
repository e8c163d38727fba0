using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using Spectre.Console;

namespace AgentRouter.Cli.Presentation;

/// <summary>How a run ended, in words and colours.</summary>
internal static class OutcomeText
{
    /// <summary>Gets the words.</summary>
    /// <param name="outcome">The outcome; <see langword="null"/> for a run without an end.</param>
    public static string Of(RunOutcome? outcome) => outcome switch
    {
        RunOutcome.Succeeded => "succeeded",
        RunOutcome.Failed => "failed",
        RunOutcome.BudgetExceeded => "budget exceeded",
        RunOutcome.Cancelled => "cancelled",
        RunOutcome.Waiting => "waiting for a person",
        _ => "not ended",
    };

    /// <summary>Gets the colour.</summary>
    public static Style StyleOf(RunOutcome? outcome) => outcome switch
    {
        RunOutcome.Succeeded => new Style(Color.Green, decoration: Decoration.Bold),
        RunOutcome.Failed => new Style(Color.Red, decoration: Decoration.Bold),
        null => Palette.Muted,
        _ => new Style(Color.Olive, decoration: Decoration.Bold),
    };

    /// <summary>Gets the sign.</summary>
    public static char SignOf(RunOutcome? outcome, Glyphs glyphs) => outcome switch
    {
        RunOutcome.Succeeded => glyphs.Done,
        RunOutcome.Failed or RunOutcome.BudgetExceeded => glyphs.Failed,
        RunOutcome.Waiting => glyphs.Active,
        _ => glyphs.Open,
    };
}
