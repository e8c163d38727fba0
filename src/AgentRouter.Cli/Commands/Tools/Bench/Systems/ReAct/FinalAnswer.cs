using AgentRouter.Cli.Commands.Tools.Bench.Judging;

namespace AgentRouter.Cli.Commands.Tools.Bench.Systems.ReAct;

/// <summary>How the model says that it is at its end. It says so beside its last call, and is not asked again when the call goes well: a call fewer than usual, in
/// favour of the loop.</summary>
internal static class FinalAnswer
{
    private const string Start = "Final answer: ";

    /// <summary>Writes an answer.</summary>
    public static string Write(Claim claim, string answer) => $"{Start}{claim}: {answer}";

    /// <summary>Reads an answer.</summary>
    /// <returns>The answer; <see langword="null"/> when the text is none.</returns>
    public static (Claim Claim, string Answer)? Read(string text) =>
        text.StartsWith(Start, StringComparison.Ordinal) && text[Start.Length..].Split(": ", 2) is [var claim, var answer] && Enum.TryParse(claim, out Claim read) ? (read, answer) : null;
}
