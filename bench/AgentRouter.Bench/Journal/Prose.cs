namespace AgentRouter.Bench.Journal;

/// <summary>Text that packs about as well as prose.</summary>
internal static class Prose
{
    private const int Seed = 7;
    private const int WordLength = 6;

    /// <summary>Makes a text.</summary>
    /// <param name="bytes">Its length.</param>
    public static string Of(int bytes) => string.Create(bytes, Seed, static (span, seed) =>
    {
        var random = new Random(seed);
        for (int i = 0; i < span.Length; i++)
            span[i] = random.Next(WordLength) == 0 ? ' ' : (char)('a' + random.Next(26));
    });
}
