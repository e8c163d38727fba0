namespace AgentRouter.Memory.Text;

/// <summary>A word of a text.</summary>
/// <param name="Number">The number of its term; 0 of a stop word.</param>
/// <param name="Start">Where it begins in the scanner's text.</param>
/// <param name="Length">How long it is there.</param>
internal readonly record struct ScannedTerm(ulong Number, int Start, int Length)
{
    /// <summary>Gets a value indicating whether it says what the text is about.</summary>
    public bool IsContent => Number != 0;
}
