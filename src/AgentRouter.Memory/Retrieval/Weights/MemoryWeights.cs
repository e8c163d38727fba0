using AgentRouter.Configuration;
using AgentRouter.Files;

namespace AgentRouter.Memory.Retrieval.Weights;

/// <summary>What counts how much where evidence is put in order: set by hand, or learned from questions of your own and kept in a file that people can read.
/// <c>agentrouter memory train</c> makes one.</summary>
public sealed class MemoryWeights
{
    /// <summary>The format this version writes and reads.</summary>
    internal const string Format = "agentrouter.memory-weights/1";

    /// <summary>What the format of every version begins with.</summary>
    internal const string FormatName = "agentrouter.memory-weights/";

    private const string TurnsGroup = "turns";
    private const string PassagesGroup = "passages";
    private static readonly WeightsFile File = new(Format, "file of weights", "weights of a memory", "agentrouter memory train");

    private MemoryWeights(TurnScore turns, PassageScore passages) => (Turn, Passage) = (turns, passages);

    /// <summary>Gets the weights that come with the package, which are set by hand.</summary>
    public static MemoryWeights Default { get; } = new(new TurnScore(), new PassageScore());

    /// <summary>Gets what counts for turns of conversations, by name.</summary>
    public IReadOnlyDictionary<string, double> Turns => TurnScore.Names.Zip(Turn.Weights).ToDictionary(each => each.First, each => each.Second);

    /// <summary>Gets what counts for passages, facts and reflections, by name.</summary>
    public IReadOnlyDictionary<string, double> Passages => PassageScore.Names.Zip(Passage.Weights).ToDictionary(each => each.First, each => each.Second);

    internal TurnScore Turn { get; }

    internal PassageScore Passage { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">It is missing or corrupt, or another version wrote it.</exception>
    public static MemoryWeights Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        IReadOnlyList<IReadOnlyDictionary<string, double>> groups = File.Read(path, TurnsGroup, PassagesGroup);
        return Of(groups[0], groups[1]);
    }

    /// <summary>Makes weights; those that are not named are the ones set by hand.</summary>
    internal static MemoryWeights Of(IReadOnlyDictionary<string, double> turns, IReadOnlyDictionary<string, double> passages) => new(TurnScore.Of(turns), PassageScore.Of(passages));

    /// <summary>Writes a file, or replaces it as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="card">What the weights were trained on, and what they were seen to bring.</param>
    internal void Save(string path, object card) => WeightsFile.Write(path, new Content(Format, card, Rounded(Turns), Rounded(Passages)));

    private static Dictionary<string, double> Rounded(IReadOnlyDictionary<string, double> weights)
    {
        const int Digits = 4;
        return weights.ToDictionary(each => each.Key, each => Math.Round(each.Value, Digits));
    }

    private sealed record Content(string Format, object Card, Dictionary<string, double> Turns, Dictionary<string, double> Passages);
}
