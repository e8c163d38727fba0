using System.Globalization;

namespace AgentRouter.Cli.Commands.Memory;

/// <summary>Times of memories, in the time zone in which they were said.</summary>
internal static class Moments
{
    /// <summary>Writes a moment: the day, and the minute unless it is midnight.</summary>
    public static string Of(DateTimeOffset time) => time.TimeOfDay == TimeSpan.Zero
        ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
