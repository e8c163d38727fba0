using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Text.Times;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Finds the periods that a question names. "In May" is the May of every year in which something was said.</summary>
internal static class QuestionPeriods
{
    private const int MostYears = 10;

    private static readonly HashSet<string> Relative = ["last", "next", "this", "past", "previous", "coming", "ago", "yesterday", "today", "tonight", "tomorrow", "recently", "lately"];

    /// <summary>Finds the periods.</summary>
    /// <param name="text">The question.</param>
    /// <param name="words">Its plain words.</param>
    /// <param name="index">What it is asked of.</param>
    /// <param name="now">When it is asked.</param>
    public static IReadOnlyList<MemoryPeriod> Of(string text, IReadOnlyList<string> words, MemoryIndex index, DateTimeOffset now)
    {
        if (QuestionTime.Of(text).Period is { } known)
            return [known];
        if (words.Any(Relative.Contains))
            return QuestionTime.Of(text, DateOnly.FromDateTime(now.Date)).Period is { } counted ? [counted] : [];
        return [.. index.Years.TakeLast(MostYears).Select(year => QuestionTime.Of(text, new DateOnly(year, 12, 31)).Period).OfType<MemoryPeriod>().Distinct()];
    }
}
