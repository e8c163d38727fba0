using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using AgentRouter.Language.Vectors;

namespace AgentRouter.Memory.Text;

/// <summary>What common English words mean, as vectors: words that are used alike are near each other, <c>pup</c> near <c>dog</c>.</summary>
/// <remarks>GloVe vectors (J. Pennington, R. Socher, C. Manning, 2014; public domain) of the most frequent words, without what all of them share, one byte a
/// number; see THIRD-PARTY-NOTICES.md. They need no model and no network, and know few names, no jargon and no other language: there words count alone.</remarks>
internal static class WordVectors
{
    /// <summary>The numbers of a vector.</summary>
    public const int Dimensions = 100;

    private const string Resource = "AgentRouter.Memory.Text.word-vectors.bin";
    private const int HeadLength = 16;

    private static readonly Lazy<Table> Loaded = new(Load);

    /// <summary>Gets the vectors of all words.</summary>
    public static Int8Rows Rows => Loaded.Value.Vectors;

    /// <summary>Gets the row of a term's vector, −1 where the term has none.</summary>
    /// <param name="term">The number of the term.</param>
    public static int RowOf(ulong term) => Loaded.Value.Rows.TryGetValue(term, out int row) ? row : -1;

    /// <summary>Gets the number of the term of a row.</summary>
    public static ulong TermAt(int row) => Loaded.Value.Terms[row];

    /// <summary>Gets the word of a row; words are in the order of how frequent they are.</summary>
    public static string WordAt(int row) => Loaded.Value.Words[row];

    /// <summary>Adds the vector of a term to a sum, where the term has one.</summary>
    /// <param name="term">The number of the term.</param>
    /// <param name="weight">What it is multiplied with.</param>
    /// <param name="sum">The sum, as long as <see cref="Int8Rows.Stride"/>.</param>
    /// <returns>Whether it has one.</returns>
    public static bool Add(ulong term, float weight, Span<float> sum)
    {
        if (RowOf(term) is not (>= 0 and var row))
            return false;
        Add(row, weight, sum);
        return true;
    }

    /// <summary>Adds the vector of a row to a sum.</summary>
    public static void Add(int row, float weight, Span<float> sum)
    {
        Int8Rows vectors = Loaded.Value.Vectors;
        Int8Scan.Add(vectors[row], weight * vectors.InverseLengths[row], sum);
    }

    private static Table Load()
    {
        using Stream stream = typeof(WordVectors).Assembly.GetManifestResourceStream(Resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        int dimensions = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(4)), count = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(8));
        int length = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(12));
        if (dimensions != Dimensions)
            throw new InvalidDataException($"The word vectors have {dimensions} numbers, not {Dimensions}.");
        int stride = Int8Rows.StrideOf(dimensions);
        var values = new sbyte[count * stride];
        ReadOnlySpan<sbyte> packed = MemoryMarshal.Cast<byte, sbyte>(content.AsSpan(HeadLength + length));
        for (int row = 0; row < count; row++)
            packed.Slice(row * dimensions, dimensions).CopyTo(values.AsSpan(row * stride));
        var rows = new Dictionary<ulong, int>(count);
        var terms = new ulong[count];
        int at = 0;
        var scanner = new TermScanner();
        string[] words = Encoding.UTF8.GetString(content, HeadLength, length).Split('\n');
        foreach (string word in words)
        {
            scanner.Read(word);
            terms[at] = scanner.Words[0].Number;
            // of several words with one stem the most frequent counts
            rows.TryAdd(terms[at], at);
            at++;
        }

        return new Table(words, rows, terms, new Int8Rows(values, dimensions));
    }

    private sealed record Table(string[] Words, Dictionary<ulong, int> Rows, ulong[] Terms, Int8Rows Vectors);
}
