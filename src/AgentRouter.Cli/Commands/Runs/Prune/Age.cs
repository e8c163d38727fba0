using System.Globalization;

namespace AgentRouter.Cli.Commands.Runs.Prune;

/// <summary>A length of time as people write it: <c>30d</c>, <c>12h</c>, <c>45m</c>.</summary>
internal static class Age
{
    private const int MaxNumber = 100_000;

    /// <summary>Reads one.</summary>
    /// <returns>The time, or <see langword="null"/> when the text is none.</returns>
    public static TimeSpan? Parse(string text) =>
        text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MaxNumber
            ? text[^1] switch
            {
                'd' => TimeSpan.FromDays(number),
                'h' => TimeSpan.FromHours(number),
                'm' => TimeSpan.FromMinutes(number),
                _ => null,
            }
            : null;
}
