using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Tools.Healing.Calls;

/// <summary>Reads what a check says of a call that nobody knows of.</summary>
/// <remarks>A check returns what the lost call would have returned, and nothing or false where it took no effect. An answer that could be either is none: taken for
/// a yes, a thing is never done and told as done; taken for a no, it is done twice.</remarks>
internal static class CheckAnswer
{
    private const string True = "true";
    private const string False = "false";
    private const string Null = "null";
    private const string Zero = "0";

    /// <summary>Reads an answer.</summary>
    /// <param name="asked">The tool whose call is asked about.</param>
    /// <param name="answer">What its check returned.</param>
    /// <param name="problem">Why the answer is none, or <see langword="null"/>.</param>
    /// <returns>Whether the call took effect; <see langword="null"/> when the answer does not tell.</returns>
    public static bool? Read(CapabilityTool asked, JsonNode? answer, out string? problem)
    {
        problem = null;
        string? word = WordOf(answer);
        if (ResultCheck.IsEmpty(answer) || word is False or Null)
            return false;
        string? why = word switch
        {
            True when IsPromised(asked) => "it does not say what came of the call.",
            Zero when asked.Result == DataType.Any => "it could be a result and a no.",
            _ => ResultCheck.Misfit(asked, answer),
        };
        if (why is null)
            return true;
        problem = $"It answered {ToolFailures.Shorten(answer!.ToJsonString())}, which is no result of {asked.Name}: {why} A check returns what the lost call would have returned, and null or false where it took no effect.";
        return null;
    }

    // texts too, because servers answer in texts
    private static string? WordOf(JsonNode? answer) => answer?.GetValueKind() switch
    {
        JsonValueKind.True => True,
        JsonValueKind.False => False,
        JsonValueKind.Number when answer.ToJsonString() is Zero or "0.0" => Zero,
        JsonValueKind.String => answer.GetValue<string>().Trim().ToLowerInvariant() is (True or False or Null or Zero) and var word ? word : null,
        _ => null,
    };

    private static bool IsPromised(CapabilityTool tool) => tool.Result != DataType.Boolean && (tool.Result != DataType.Any || tool.IsResultPromised);
}
