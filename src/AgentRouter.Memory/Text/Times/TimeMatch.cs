using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Text.Times;

/// <summary>What was read at a place of a text.</summary>
/// <param name="Tokens">How many tokens belong to it; 0 where there is no time.</param>
/// <param name="Period">The days, if they are known.</param>
/// <param name="IsWrong">Whether it looks like a date and is none, such as 31 February.</param>
internal readonly record struct TimeMatch(int Tokens, MemoryPeriod? Period = null, bool IsWrong = false)
{
    /// <summary>Gets whether there is a time.</summary>
    public bool IsFound => Tokens > 0;

    /// <summary>Gets a match of a date that must be valid.</summary>
    public static TimeMatch OfDate(int tokens, MemoryPeriod? date) => new(tokens, date, IsWrong: date is null);

    /// <summary>Gets the match with some tokens before it.</summary>
    public TimeMatch Behind(int tokens) => IsFound ? this with { Tokens = Tokens + tokens } : this;
}
