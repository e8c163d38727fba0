using AgentRouter.Memory.Text;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Tests.Support;

/// <summary>Makes vectors without a model: texts are near that have words of the same sense in common. The same text has the same vector, everywhere.</summary>
internal sealed class SenseEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    public const int Dimensions = 256;

    // words that share no stem and mean the same
    private static readonly string[][] Senses =
    [
        ["relocate", "moved", "relocated"], ["sibling", "sister"], ["animal", "puppy", "pet"], ["race", "marathon"], ["ceramics", "pottery"], ["downpour", "rain"],
    ];

    private static readonly Dictionary<ulong, int> SenseOf = Senses.SelectMany((words, sense) => words.Select(word => (Term(word), sense))).DistinctBy(each => each.Item1).ToDictionary(each => each.Item1, each => each.sense);

    private int _calls;

    /// <summary>Gets the texts of each call.</summary>
    public List<string[]> Calls { get; } = [];

    /// <summary>Gets or sets what happens before a call is answered, with its number from 1.</summary>
    public Func<int, CancellationToken, Task>? Before { get; set; }

    /// <summary>Gets or sets what is given in place of the vectors of a call.</summary>
    public Func<float[][], float[][]>? Instead { get; set; }

    public int Texts => Calls.Sum(call => call.Length);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Before is not null)
            await Before(Interlocked.Increment(ref _calls), cancellationToken);
        string[] texts = [.. values];
        lock (Calls)
            Calls.Add(texts);
        float[][] vectors = [.. texts.Select(VectorOf)];
        return [.. (Instead?.Invoke(vectors) ?? vectors).Select(vector => new Embedding<float>(vector))];
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static float[] VectorOf(string text)
    {
        // what all texts share, as real models have it
        var vector = new float[Dimensions];
        vector[^1] = 1;
        var scanner = new TermScanner();
        scanner.Read(text);
        foreach (ulong term in scanner.Words.Where(word => word.IsContent).Select(word => word.Number))
        {
            if (SenseOf.TryGetValue(term, out int sense))
                vector[sense] += 2;
            else
                vector[Senses.Length + (int)(term % (Dimensions - 1 - (ulong)Senses.Length))] += 0.5f;
        }

        return vector;
    }

    private static ulong Term(string word)
    {
        var scanner = new TermScanner();
        scanner.Read(word);
        return scanner.Words[0].Number;
    }
}
