using AgentRouter.Configuration;
using AgentRouter.Files;

namespace AgentRouter.Skills.Rankers;

/// <summary>Reads and writes a trained ranker: JSON that says what each number counts, and what it was trained on.</summary>
internal static class RankerFile
{
    /// <summary>The format this version writes and reads.</summary>
    public const string Format = "agentrouter.skill-ranker/1";

    /// <summary>What the format of every version begins with.</summary>
    public const string FormatName = "agentrouter.skill-ranker/";

    private const int Digits = 4;

    private static readonly WeightsFile Weights = new(Format, "ranker", "a ranker of skills", "agentrouter skills train");

    /// <summary>Reads the weights of a file.</summary>
    /// <exception cref="ConfigurationException">It is missing, corrupt, or another version wrote it.</exception>
    public static IReadOnlyDictionary<string, double> Read(string path) => Weights.Read(path, "weights")[0];

    /// <summary>Writes a file, or replaces it as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="weights">What each number counts.</param>
    /// <param name="card">What it was trained on.</param>
    public static void Write(string path, IReadOnlyDictionary<string, double> weights, RankerCard card) =>
        WeightsFile.Write(path, new Content(Format, card, weights.ToDictionary(weight => weight.Key, weight => Math.Round(weight.Value, Digits))));

    private sealed record Content(string Format, RankerCard Card, Dictionary<string, double> Weights);
}

/// <summary>What a ranker was trained on, and what it was seen to bring.</summary>
/// <param name="Pool">The pool, as it was named.</param>
/// <param name="Tasks">How many tasks it was trained on.</param>
/// <param name="Seed">The seed of the folds and intervals.</param>
/// <param name="Pull">How strongly it was held to the recipe.</param>
/// <param name="Mrr10">The mean reciprocal rank among ten, of tasks that it had not seen, by the recipe and by the ranker.</param>
internal sealed record RankerCard(string Pool, int Tasks, int Seed, double Pull, RankerGain Mrr10);

/// <summary>A figure by the recipe and by a ranker, with the 95 % interval of the gain, task by task.</summary>
internal sealed record RankerGain(double Recipe, double Ranker, double Low, double High);
