using System.Globalization;

namespace AgentRouter.Workflows.Engine;

/// <summary>Times as timers take them and people read them.</summary>
internal static class Clocks
{
    // timers take no more than this
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    public static TimeSpan Timer(TimeSpan time) => time > Longest ? Longest : time < TimeSpan.Zero ? TimeSpan.Zero : time;

    public static string Show(TimeSpan time) => time.TotalMinutes >= 1
        ? time.TotalMinutes.ToString("0.##", CultureInfo.InvariantCulture) + " min"
        : time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
