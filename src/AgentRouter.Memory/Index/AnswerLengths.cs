namespace AgentRouter.Memory.Index;

/// <summary>How many nodes can be answers, and how long they are on average: turns of conversations and other texts apart.</summary>
/// <param name="Spoken">Turns.</param>
/// <param name="SpokenMean">Their mean length, in tenths of a word.</param>
/// <param name="Written">Other texts.</param>
/// <param name="WrittenMean">Their mean length, in tenths of a word.</param>
internal sealed record AnswerLengths(int Spoken, float SpokenMean, int Written, float WrittenMean)
{
    /// <summary>Gets how many there are.</summary>
    public int Count => Spoken + Written;

    /// <summary>Puts the counts of segments together.</summary>
    public static AnswerLengths Of(IReadOnlyList<IndexSegment> segments)
    {
        long spoken = 0, written = 0;
        double spokenLength = 0, writtenLength = 0;
        foreach (AnswerLengths lengths in segments.Select(segment => segment.Lengths))
        {
            spoken += lengths.Spoken;
            written += lengths.Written;
            spokenLength += (double)lengths.SpokenMean * lengths.Spoken;
            writtenLength += (double)lengths.WrittenMean * lengths.Written;
        }

        return Make(spoken, spokenLength, written, writtenLength);
    }

    /// <summary>Counts the answers of a segment.</summary>
    public static AnswerLengths Of(IndexedNodes nodes)
    {
        long spoken = 0, spokenLength = 0, written = 0, writtenLength = 0;
        for (int row = 0; row < nodes.Count; row++)
        {
            if ((nodes.Flags[row] & NodeFlags.Answer) == 0)
                continue;
            if ((nodes.Flags[row] & NodeFlags.Spoken) != 0)
                (spoken, spokenLength) = (spoken + 1, spokenLength + nodes.Lengths[row]);
            else
                (written, writtenLength) = (written + 1, writtenLength + nodes.Lengths[row]);
        }

        return Make(spoken, spokenLength, written, writtenLength);
    }

    private static AnswerLengths Make(long spoken, double spokenLength, long written, double writtenLength) =>
        new((int)spoken, Mean(spokenLength, spoken), (int)written, Mean(writtenLength, written));

    private static float Mean(double sum, long count) => count == 0 ? 1 : MathF.Max(1, (float)(sum / count));
}
