namespace AgentRouter.Onnx.Tokenizing;

/// <summary>Where special tokens stand around a text and between two.</summary>
/// <param name="Single">The parts of one text.</param>
/// <param name="Pair">The parts of two texts; <see langword="null"/> where the model reads none.</param>
/// <param name="PadId">The token that fills up shorter texts.</param>
internal sealed record TokenTemplate(IReadOnlyList<TemplatePart> Single, IReadOnlyList<TemplatePart>? Pair, int PadId)
{
    /// <summary>Gets how many special tokens stand around one text.</summary>
    public int SingleTokens => Single.Count(part => part.Id is not null);

    /// <summary>Gets how many special tokens stand around and between two texts.</summary>
    public int PairTokens => Pair?.Count(part => part.Id is not null) ?? 0;

    /// <summary>Puts the special tokens around one text.</summary>
    public EncodedText Of(IReadOnlyList<int> text) => Fill(Single, text, []);

    /// <summary>Puts the special tokens around two texts.</summary>
    public EncodedText Of(IReadOnlyList<int> first, IReadOnlyList<int> second) => Fill(Pair ?? throw new InvalidOperationException("The model reads no pairs."), first, second);

    private static EncodedText Fill(IReadOnlyList<TemplatePart> parts, IReadOnlyList<int> first, IReadOnlyList<int> second)
    {
        var ids = new List<int>();
        var types = new List<int>();
        foreach (TemplatePart part in parts)
        {
            if (part.Id is { } id)
                ids.Add(id);
            else
                ids.AddRange(part.IsSecond ? second : first);
            types.AddRange(Enumerable.Repeat(part.Type, ids.Count - types.Count));
        }

        return new EncodedText(ids, types);
    }
}

/// <summary>A special token, or the place of a text.</summary>
/// <param name="Id">The token; <see langword="null"/> for a text.</param>
/// <param name="IsSecond">Whether it is the second text.</param>
/// <param name="Type">The type of its tokens.</param>
internal sealed record TemplatePart(int? Id, bool IsSecond, int Type);
