namespace AgentRouter.Memory.Retrieval;

/// <summary>How much more a word says that is said again, and how much less in a long text: k1 and b of BM25.</summary>
/// <param name="K1">How slowly repetition saturates.</param>
/// <param name="B">How much length counts, from 0 to 1.</param>
internal readonly record struct Saturation(float K1, float B)
{
    /// <summary>Gets it for turns, which are short: a word said twice says little more, and length little.</summary>
    public static Saturation Spoken { get; } = new(0.9f, 0.3f);

    /// <summary>Gets it for passages.</summary>
    public static Saturation Written { get; } = new(1.2f, 0.5f);

    /// <summary>Gets it for whole conversations.</summary>
    public static Saturation Source { get; } = new(1.2f, 0.6f);

    /// <summary>Computes the weight of a word in a text.</summary>
    /// <param name="count">How often it is there.</param>
    /// <param name="length">The length of the text, 1 for the mean.</param>
    public float Of(float count, float length) => count * (K1 + 1) / (count + K1 * (1 - B + B * length));
}
