using System.Text;

namespace AgentRouter.Onnx.Tokenizing.Unicode;

/// <summary>Unicode's normalization forms D and C (Unicode Standard Annex #15).</summary>
internal static class CanonicalForms
{
    // Hangul syllables are computed: The Unicode Standard, section 3.12
    private const int Syllables = 0xAC00, SyllableCount = 11_172, Leads = 0x1100, Vowels = 0x1161, Tails = 0x11A7, VowelCount = 21, TailCount = 28, LeadCount = 19;

    /// <summary>Takes characters apart (form D).</summary>
    public static string Decompose(string text) => System.Text.Ascii.IsValid(text) ? text : Text(Parts(text));

    /// <summary>Takes characters apart and puts together what makes one (form C).</summary>
    public static string Compose(string text)
    {
        if (System.Text.Ascii.IsValid(text))
            return text;
        List<int> points = Parts(text);
        CanonicalTable table = CanonicalTable.Shared;
        var composed = new List<int>(points.Count);
        int starter = -1, lastClass = 0;
        foreach (int point in points)
        {
            int combining = table.ClassOf(point);
            bool isBlocked = starter < 0 || (composed.Count - 1 > starter && (lastClass >= combining || lastClass == 0));
            if (!isBlocked && (Syllable(composed[starter], point) ?? table.WholeOf(composed[starter], point)) is { } whole)
            {
                composed[starter] = whole;
                continue;
            }

            composed.Add(point);
            lastClass = combining;
            if (combining == 0)
                starter = composed.Count - 1;
        }

        return Text(composed);
    }

    private static List<int> Parts(string text)
    {
        var points = new List<int>(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            Append(points, rune.Value);
        Sort(points);
        return points;
    }

    private static void Append(List<int> points, int point)
    {
        int syllable = point - Syllables;
        if (syllable is >= 0 and < SyllableCount)
        {
            points.Add(Leads + syllable / (VowelCount * TailCount));
            points.Add(Vowels + syllable % (VowelCount * TailCount) / TailCount);
            if (syllable % TailCount > 0)
                points.Add(Tails + syllable % TailCount);
        }
        else if (CanonicalTable.Shared.PartsOf(point) is { } parts)
        {
            foreach (int part in parts)
                Append(points, part);
        }
        else
        {
            points.Add(point);
        }
    }

    // runs of combining marks by their class, what is equal in order
    private static void Sort(List<int> points)
    {
        CanonicalTable table = CanonicalTable.Shared;
        for (int start = 0, end; start < points.Count; start = end + 1)
        {
            for (end = start; end < points.Count && table.ClassOf(points[end]) > 0;)
                end++;
            if (end - start < 2)
                continue;
            int[] sorted = [.. points[start..end].OrderBy(table.ClassOf)];
            for (int i = 0; i < sorted.Length; i++)
                points[start + i] = sorted[i];
        }
    }

    private static int? Syllable(int first, int second)
    {
        if (first - Leads is >= 0 and < LeadCount && second - Vowels is >= 0 and < VowelCount)
            return Syllables + ((first - Leads) * VowelCount + second - Vowels) * TailCount;
        return first - Syllables is >= 0 and < SyllableCount && (first - Syllables) % TailCount == 0 && second - Tails is > 0 and < TailCount ? first + second - Tails : null;
    }

    private static string Text(List<int> points)
    {
        var text = new StringBuilder(points.Count);
        foreach (int point in points)
            text.Append(new Rune(point).ToString());
        return text.ToString();
    }
}
