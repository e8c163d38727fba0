using System.Text;
using System.Text.Json;
using AgentRouter.Events;

namespace AgentRouter.Workflows.Runs.Sqlite.Housekeeping;

/// <summary>An event as a line of an export.</summary>
internal static class ExportLine
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Makes the line, its end included.</summary>
    /// <param name="runEvent">The event.</param>
    /// <param name="value">What it stands for in full, or <see langword="null"/> to leave it out.</param>
    public static byte[] Of(RunEvent runEvent, byte[]? value)
    {
        string json = RunEventJson.Serialize(runEvent);
        string line = value is null ? json : $"{json[..^1]},{Property(value)}}}";
        return Encoding.UTF8.GetBytes(line + "\n");
    }

    private static string Property(byte[] value)
    {
        try
        {
            return $"\"content\":\"{JsonEncodedText.Encode(Strict.GetString(value))}\"";
        }
        catch (DecoderFallbackException)
        {
            return $"\"contentBase64\":\"{Convert.ToBase64String(value)}\"";
        }
    }
}
