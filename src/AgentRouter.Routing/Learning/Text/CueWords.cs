namespace AgentRouter.Routing.Learning.Text;

/// <summary>Words that say what kind of question it is. The classes are those of school problems and multiple-choice exams;
/// a word has one class at most.</summary>
internal static class CueWords
{
    private static readonly string[] ByCue =
    [
        // the order of Cue, from the first after None
        "the a an of to in is are was were be been and or for on at by with as that this it its his her their he she they from which who what how",
        "half third quarter fifth tenth thirds quarters fraction halves",
        "twice double triple times doubled tripled thrice",
        "more less than fewer greater smaller",
        "each per every",
        "if when then suppose assume",
        "not except least never cannot false without",
        "all total altogether sum combined whole",
        "remain remaining remains left rest",
        "average ratio rate mean percent percentage speed",
        "second seconds minute minutes hour hours day days week weeks month months year years",
        "only exactly just",
        "start started starts before after begin began initially originally first",
        "increase increases increased decrease decreased discount tax interest profit",
        "true correct incorrect statement statements",
        "ii iii iv vi vii viii",
        "def return import print class void function int string list array const public static self",
        "defined definition refers term called known means describes describe define",
    ];

    private static readonly (HashIndex Index, byte[] Cues) Table = Build();

    /// <summary>Finds the class of a word.</summary>
    /// <param name="hash">The word's hash.</param>
    public static Cue Of(uint hash)
    {
        int position = Table.Index.Find(hash);
        return position < 0 ? Cue.None : (Cue)Table.Cues[position];
    }

    private static (HashIndex, byte[]) Build()
    {
        var hashes = new List<uint>();
        var cues = new List<byte>();
        for (int cue = 0; cue < ByCue.Length; cue++)
        {
            foreach (string word in ByCue[cue].Split(' '))
            {
                hashes.Add(WordHash.Of(word));
                cues.Add((byte)(cue + 1));
            }
        }

        return (new HashIndex(hashes.ToArray()), [.. cues]);
    }
}

/// <summary>The classes of <see cref="CueWords"/>.</summary>
internal enum Cue : byte
{
    None,
    Stop,
    Fraction,
    Multiple,
    Comparison,
    Each,
    Condition,
    Negation,
    Total,
    Remainder,
    Rate,
    Time,
    Only,
    Start,
    Change,
    Truth,
    Roman,
    Code,
    Definition,
    Count,
}
