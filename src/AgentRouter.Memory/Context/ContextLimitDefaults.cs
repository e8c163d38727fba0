namespace AgentRouter.Memory.Context;

/// <summary>What is not a matter of taste, with the reason for each value.</summary>
internal static class ContextLimitDefaults
{
    /// <summary>To which share of the limit a conversation is made shorter. As much again may come before it is made shorter the next time; until then its beginning stays as it is, and the provider's
    /// cache of it is of use.</summary>
    public const double Target = 0.5;

    /// <summary>Which share of what is left out must be tools' results for it to be called mostly that: the rest are calls, whose arguments repeat in what tools say.</summary>
    public const double MostlyTools = 2.0 / 3;

    /// <summary>Which share of what is left of the budget a summary may cost at most: a run of some hundred steps needs a handful.</summary>
    public const double SummaryShare = 0.05;

    /// <summary>How many times as long as its summary may become what is left out must be; below that a summary saves next to nothing.</summary>
    public const int SummaryGain = 2;

    /// <summary>A tool's result is not cut to fewer characters than this: a path, an error, the first and last lines.</summary>
    public const int LeastResult = 400;

    /// <summary>The most characters of one text that a summary is made from, or that a question is made from.</summary>
    public const int MostOfText = 4_000;

    /// <summary>How many characters of a tool's result are remembered as one: some twelve lines, of which two or three fit a block of notes.</summary>
    public const int PassageLength = 1_000;

    /// <summary>The most characters of what an agent says as it calls a tool that are remembered with what the tool returned: a sentence or two.</summary>
    public const int AboutLength = 300;

    /// <summary>How many notes are looked for with each question at each call. Those that the conversation holds already are left out.</summary>
    public const int Notes = 6;

    // tokens of the words around a summary, of a note without one, and of the tags around them
    private const int NoteTokens = 120;

    /// <summary>Gets the most tokens of a summary: an eighth of the limit, as much as some pages at most.</summary>
    public static int SummaryTokens(long limit) => (int)Math.Clamp(limit / 8, 64, 2_000);

    /// <summary>Gets the most tokens of notes at one call: two or three passages where the limit is some ten thousand.</summary>
    public static int RecallTokens(long limit) => (int)Math.Clamp(limit / 24, Use.MemoryUseOptions.LeastTokens, Use.MemoryUseOptions.DefaultTokens);

    /// <summary>Gets the most tokens of notes between two compactions: half of what becomes free, so that notes never leave less room than they take.</summary>
    public static long AllNotesTokens(long limit) => limit / 4;

    /// <summary>Gets how many tokens are kept free for what takes the place of rounds.</summary>
    public static long Reserve(long limit) => Math.Min(SummaryTokens(limit) + NoteTokens, limit / 4);
}
