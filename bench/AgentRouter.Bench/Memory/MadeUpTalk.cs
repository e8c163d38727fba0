using System.Globalization;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Text;

namespace AgentRouter.Bench.Memory;

/// <summary>Conversations that never were: words as frequent as they are in English, names that come again as names do, turns as long as turns are.</summary>
internal sealed class MadeUpTalk(int seed)
{
    private const int Names = 60_000;
    private const int MeanWords = 22;
    private static readonly string[] First = ["Anna", "Ben", "Clara", "David", "Eva", "Felix", "Greta", "Hugo", "Ida", "Jonas"];
    private static readonly string[] Small = ["the", "a", "to", "and", "of", "in", "it", "that", "for", "with", "was", "is", "on", "my", "we"];
    private readonly Random _random = new(seed);

    /// <summary>Makes a conversation.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="turns">How many turns.</param>
    public MemorySource Conversation(int number, int turns)
    {
        string one = First[_random.Next(First.Length)], other = First[(Array.IndexOf(First, one) + 1 + _random.Next(First.Length - 1)) % First.Length];
        // people keep to a topic: some words and names of it come again
        int topic = Rank(WordVectors.Rows.Count);
        var items = new MemoryItem[turns];
        for (int turn = 0; turn < turns; turn++)
            items[turn] = new MemoryItem { Speaker = turn % 2 == 0 ? one : other, Text = Turn(topic) };
        return new MemorySource
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"chat/{number}"),
            Time = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(30.0 * number),
            Items = items,
        };
    }

    private string Turn(int topic)
    {
        int length = Math.Clamp((int)(-MeanWords * Math.Log(1 - _random.NextDouble())), 4, 120);
        var words = new List<string>(length + 4);
        for (int i = 0; i < length; i++)
        {
            double kind = _random.NextDouble();
            words.Add(kind < 0.45 ? Small[_random.Next(Small.Length)]
                : kind < 0.5 ? WordVectors.WordAt((topic + _random.Next(12)) % WordVectors.Rows.Count)
                : kind < 0.56 ? Name(Rank(Names))
                : WordVectors.WordAt(Rank(WordVectors.Rows.Count)));
        }

        words[0] = char.ToUpperInvariant(words[0][0]) + words[0][1..];
        if (_random.Next(20) == 0)
            words.Add("yesterday");
        return string.Join(' ', words) + (_random.Next(4) == 0 ? "?" : ".");
    }

    // Zipf: the word of rank r is 1/r as frequent as the first
    private int Rank(int count) => Math.Clamp((int)Math.Pow(count, _random.NextDouble()) - 1, 0, count - 1);

    private static string Name(int rank)
    {
        const string Syllables = "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru sa se si so su ta te ti to tu";
        string[] parts = Syllables.Split(' ');
        string name = string.Concat(parts[rank % parts.Length], parts[rank / parts.Length % parts.Length], parts[rank * 7 / 3 % parts.Length], parts[rank / 50 % parts.Length]);
        return char.ToUpperInvariant(name[0]) + name[1..];
    }
}
