using System.Text.Json;
using AgentRouter.Events;

namespace AgentRouter.CrashWorker.Work;

/// <summary>Finds in a tool's own log what a call did.</summary>
internal static class DoubtedEffect
{
    /// <summary>Tells whether a line of the log is of a call like this one.</summary>
    public static bool IsOf(string effect, ToolCalled call)
    {
        if (!effect.StartsWith(call.Tool + " ", StringComparison.Ordinal))
            return false;
        using JsonDocument arguments = JsonDocument.Parse(call.Arguments);
        return arguments.RootElement.EnumerateObject().All(argument =>
            effect.Contains(argument.Value.ValueKind == JsonValueKind.String ? Quoted(effect, argument.Value.GetString()!) : argument.Value.GetRawText(), StringComparison.Ordinal));
    }

    // an edit's arguments are noted as JSON, a payment's as words
    private static string Quoted(string effect, string text) => effect.Contains('{', StringComparison.Ordinal) ? JsonSerializer.Serialize(text) : text;
}
