using AgentRouter.Memory.Index;
using AgentRouter.Memory.Retrieval.Walk;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Computes what speaks for passages that a walk has reached. For one question.</summary>
/// <param name="index">The index.</param>
/// <param name="question">The question.</param>
/// <param name="scores">How well words match.</param>
/// <param name="seeds">How well passages match as places where a walk begins.</param>
/// <param name="walk">The walk.</param>
internal sealed class PassageNumbers(MemoryIndex index, QuestionReading question, LexicalScores scores, PassageSeeds seeds, NameWalk walk)
{
    // what a walk hardly reaches is not told apart
    private const double Least = 1e-5;

    private readonly double _most = walk.Reached.Max();

    /// <summary>Gets what is known of a node by yes and no.</summary>
    public NodeFlags FlagsOf(int id) => index.FlagsOf(id);

    /// <summary>Computes how much of the walk comes to a place, on the scale of matches.</summary>
    public float Walked(int place) => walk.BestMatch + PassageWalk.Sharpness * (float)Math.Log(walk.Reached[place] / _most + Least);

    /// <summary>Computes all that speaks for a passage, in the order of <see cref="PassageScore.Names"/>.</summary>
    /// <param name="place">Its place in the walk.</param>
    public double[] Of(int place)
    {
        int id = walk.Graph.Nodes[place];
        return [Walked(place), scores.Nodes[id], seeds.BesideWords(id), index.Meanings.Nearness(id, question.Meaning)];
    }
}
