using System.Globalization;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Text;

namespace AgentRouter.Bench.Memory;

/// <summary>Conversations and documents that never were: words as frequent as they are in English, names that come again as names do, turns and passages as long as they are.</summary>
internal sealed class MadeUpTalk(int seed)
{
    private const int Names = 12_000;
    private const int Topics = 8_000;
    private const int MeanWords = 22;
    private const int MeanPassage = 90;
    private const int NameEvery = 8;
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
        int topic = Rank(Topics);
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

    /// <summary>Makes a document about something with a name, which other documents mention.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="passages">How many passages.</param>
    public MemorySource Document(int number, int passages)
    {
        int topic = Rank(Topics);
        string subject = FullName(Rank(Names));
        var items = new MemoryItem[passages];
        for (int passage = 0; passage < passages; passage++)
            items[passage] = new MemoryItem { Title = passage == 0 ? subject : $"{subject} > {WordVectors.WordAt(Rank(WordVectors.Rows.Count))}", Text = Passage(subject, topic) };
        return new MemorySource
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"docs/{number}"),
            Title = subject,
            Time = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number),
            Items = items,
        };
    }

    private string Passage(string subject, int topic)
    {
        int length = Math.Clamp((int)(-MeanPassage * Math.Log(1 - _random.NextDouble())), 30, 200);
        var words = new List<string>(length + 8) { subject };
        while (words.Count < length)
        {
            double kind = _random.NextDouble();
            words.Add(kind < 0.45 ? Small[_random.Next(Small.Length)]
                : kind < 0.48 ? Phrase(topic)
                : kind < 0.48 + (1.0 / NameEvery) ? $"{FullName(Rank(Names))} {Small[_random.Next(Small.Length)]}"
                : WordVectors.WordAt(Rank(WordVectors.Rows.Count)));
            if (words.Count % 18 == 0)
                words[^1] += ".";
        }

        return string.Join(' ', words) + ".";
    }

    private string Turn(int topic)
    {
        int length = Math.Clamp((int)(-MeanWords * Math.Log(1 - _random.NextDouble())), 4, 120);
        var words = new List<string>(length + 4);
        for (int i = 0; i < length; i++)
        {
            double kind = _random.NextDouble();
            words.Add(kind < 0.45 ? Small[_random.Next(Small.Length)]
                : kind < 0.48 ? Phrase(topic)
                : kind < 0.56 ? Name(Rank(Names))
                : WordVectors.WordAt(Rank(WordVectors.Rows.Count)));
        }

        words[0] = char.ToUpperInvariant(words[0][0]) + words[0][1..];
        if (_random.Next(20) == 0)
            words.Add("yesterday");
        return string.Join(' ', words) + (_random.Next(4) == 0 ? "?" : ".");
    }

    // what people talk about has a name of two words, and comes again
    private string Phrase(int topic)
    {
        int of = (topic + _random.Next(4)) % Topics * 3;
        return $"{Small[_random.Next(Small.Length)]} {WordVectors.WordAt(of % WordVectors.Rows.Count)} {WordVectors.WordAt((of + 1) % WordVectors.Rows.Count)} {Small[_random.Next(Small.Length)]}";
    }

    // Zipf: the word of rank r is 1/r as frequent as the first
    private int Rank(int count) => Math.Clamp((int)Math.Pow(count, _random.NextDouble()) - 1, 0, count - 1);

    private static string FullName(int rank) => $"{Name(rank % 997)} {Name(rank)}";

    private static string Name(int rank)
    {
        const string Syllables = "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru sa se si so su ta te ti to tu";
        string[] parts = Syllables.Split(' ');
        string name = string.Concat(parts[rank % parts.Length], parts[rank / parts.Length % parts.Length], parts[rank * 7 / 3 % parts.Length], parts[rank / 50 % parts.Length]);
        return char.ToUpperInvariant(name[0]) + name[1..];
    }
}
