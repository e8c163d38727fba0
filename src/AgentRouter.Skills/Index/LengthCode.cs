namespace AgentRouter.Skills.Index;

/// <summary>Lengths in one byte each, in steps of a sixteenth of a power of two: off by two percent at most.</summary>
/// <remarks>Ranking needs no more, and the lengths of a hundred thousand documents stay in the processor's cache: looking them up in memory
/// would cost more than all else when an index is loaded.</remarks>
internal static class LengthCode
{
    /// <summary>The number of codes.</summary>
    public const int Codes = 256;

    private const double Steps = 16;

    /// <summary>Gets the code of a length.</summary>
    public static byte Of(int length) => length == 0 ? (byte)0 : (byte)Math.Min(Codes - 1, 1 + Math.Round(Math.Log2(length) * Steps));

    /// <summary>Gets the length that a code stands for.</summary>
    public static double Length(int code) => code == 0 ? 0 : Math.Pow(2, (code - 1) / Steps);
}
