using System.Numerics;
using AgentRouter.Skills.Ranking;

namespace AgentRouter.Skills.Index;

/// <summary>Computes what terms count in the documents of a segment under each view.</summary>
internal sealed class SegmentImpacts
{
    private const int Fields = DocumentTerms.MaxFields;
    private const int FewCounts = 8;

    // the codes of the lengths of all parts, one document after the other
    private readonly byte[] _codes;
    private readonly int _stride;
    // for each field of each view: the part it belongs to, and what an occurrence weighs by the code of the part's length
    private readonly int[] _columns;
    private readonly float[] _weights;
    private readonly float[] _k1;
    // for a term that stands in one field only, a few times, as most do: the impact, by field of a view, count, and code
    private readonly ushort[] _impacts;

    /// <summary>Prepares the documents.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="recipe">The views.</param>
    /// <param name="means">The mean lengths of their parts.</param>
    public SegmentImpacts(IndexSegment segment, RankingRecipe recipe, MeanLengths means)
    {
        int[] parts = [.. recipe.Views.SelectMany(view => view.Parts).Select(part => part.Fields).Distinct()];
        (_stride, _codes) = (parts.Length, Codes(segment, parts));
        _k1 = [.. recipe.Views.Select(view => (float)view.K1)];
        _columns = new int[_k1.Length * Fields];
        _weights = new float[_k1.Length * Fields * LengthCode.Codes];
        _impacts = new ushort[_k1.Length * Fields * FewCounts * LengthCode.Codes];
        for (int view = 0; view < _k1.Length; view++)
        {
            for (int p = 0; p < recipe.Views[view].Parts.Count; p++)
            {
                ViewPart part = recipe.Views[view].Parts[p];
                for (int fields = part.Fields; fields != 0; fields &= fields - 1)
                {
                    int place = view * Fields + BitOperations.TrailingZeroCount(fields);
                    _columns[place] = Array.IndexOf(parts, part.Fields);
                    Fill(place, part, means.OfView(view)[p], _k1[view]);
                }
            }
        }
    }

    /// <summary>Gets what an impact of one counts under a view.</summary>
    public float Scale(int view) => (_k1[view] + 1) / ushort.MaxValue;

    /// <summary>Computes what a term counts in a document.</summary>
    /// <param name="view">The view.</param>
    /// <param name="document">The document.</param>
    /// <param name="fields">The fields of the view that the term stands in, a bit each.</param>
    /// <param name="counts">How often it stands in each of them.</param>
    /// <returns>The share of the most that it can count, in 65,535ths; at least one.</returns>
    public ushort Of(int view, int document, int fields, ReadOnlySpan<int> counts)
    {
        int codes = document * _stride;
        int place = view * Fields + BitOperations.TrailingZeroCount(fields);
        int count = counts[BitOperations.TrailingZeroCount(fields)];
        if ((fields & (fields - 1)) == 0 && (uint)count < FewCounts)
            return _impacts[(place * FewCounts + count) * LengthCode.Codes + _codes[codes + _columns[place]]];
        float frequency = 0;
        for (; fields != 0; fields &= fields - 1)
        {
            int field = BitOperations.TrailingZeroCount(fields);
            place = view * Fields + field;
            frequency += counts[field] * _weights[place * LengthCode.Codes + _codes[codes + _columns[place]]];
        }

        return Impact(frequency, _k1[view]);
    }

    private static ushort Impact(float frequency, float k1) => (ushort)Math.Max(1, frequency / (frequency + k1) * ushort.MaxValue + 0.5f);

    private void Fill(int place, ViewPart part, double mean, float k1)
    {
        for (int code = 0; code < LengthCode.Codes; code++)
        {
            float weight = (float)(part.Weight / (mean > 0 ? 1 - part.B + part.B * LengthCode.Length(code) / mean : 1));
            _weights[place * LengthCode.Codes + code] = weight;
            for (int count = 0; count < FewCounts; count++)
                _impacts[(place * FewCounts + count) * LengthCode.Codes + code] = Impact(count * weight, k1);
        }
    }

    private static byte[] Codes(IndexSegment segment, int[] parts)
    {
        byte[] codes = new byte[segment.Documents * parts.Length];
        for (int document = 0; document < segment.Documents; document++)
        {
            ReadOnlySpan<int> lengths = segment.LengthsOf(document);
            for (int part = 0; part < parts.Length; part++)
            {
                int length = 0;
                for (int fields = parts[part]; fields != 0; fields &= fields - 1)
                    length += lengths[BitOperations.TrailingZeroCount(fields)];
                codes[document * parts.Length + part] = LengthCode.Of(length);
            }
        }

        return codes;
    }
}
