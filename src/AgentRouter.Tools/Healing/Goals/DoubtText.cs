using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Tools.Healing.Goals;

/// <summary>Says why a goal does not go on after a call that nobody knows of, and what would have told.</summary>
internal static class DoubtText
{
    private const string Doubt = "Nobody knows whether it took effect, so nothing is called that would do the same.";

    /// <summary>Says it.</summary>
    /// <param name="tool">The tool that is in doubt.</param>
    /// <param name="attempts">The calls of the goal so far, those of its check and undo among them.</param>
    public static string Of(CapabilityTool tool, IReadOnlyList<ToolAttempt> attempts)
    {
        if (FailureOf(tool.Undo, attempts) is { } undo)
            return $"{Doubt} Its undo {tool.Undo} failed: {undo}";
        if (FailureOf(tool.Check, attempts) is { } check)
            return $"{Doubt} Its check {tool.Check} gave no answer: {check}";
        return tool is { Effect: ToolEffect.Once, Check: null, Undo: null }
            ? $"{Doubt} If it had none, say so: declare the effect of tool '{tool.Name}' as none or repeatable, name its check or undo, or let it throw a ToolException."
            : Doubt;
    }

    private static string? FailureOf(string? helper, IReadOnlyList<ToolAttempt> attempts) =>
        helper is null ? null : attempts.LastOrDefault(attempt => attempt.Tool == helper)?.Failure?.Message;
}
