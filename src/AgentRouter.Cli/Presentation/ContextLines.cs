using AgentRouter.Cli.Terminals;
using AgentRouter.Events;

namespace AgentRouter.Cli.Presentation;

/// <summary>Says in a line how a conversation was made shorter.</summary>
internal static class ContextLines
{
    /// <summary>Says it.</summary>
    /// <param name="compacted">What was done.</param>
    public static string TextOf(ContextCompacted compacted)
    {
        string cut = compacted.ResultsCut == 0 ? "" : $", {Numbers.Of(compacted.ResultsCut, "result")} cut";
        string instead = compacted.InPlaceOf is { } other ? $" in place of {Untrusted.Line(other)}" : "";
        string tried = compacted.Tried.Count == 0 ? "" : $"; tried {Untrusted.Line(string.Join(", ", compacted.Tried))}";
        return $"context {Numbers.Of(compacted.TokensBefore, "token")} to {Numbers.Of(compacted.TokensAfter, "token")}: {Numbers.Of(compacted.Rounds, "round")} left out{cut}, {Untrusted.Line(compacted.Strategy)}{instead} ({Untrusted.Line(compacted.Reason)}{tried})";
    }
}
