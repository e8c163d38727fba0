using AgentRouter.Memory.Index;
using AgentRouter.Memory.Retrieval.Walk;

namespace AgentRouter.Memory.Retrieval;

/// <summary>The nodes that answer a question, in their order, and how they were reached.</summary>
/// <param name="Index">What was searched.</param>
/// <param name="Question">What the question asks for.</param>
/// <param name="Order">The nodes, the best first.</param>
/// <param name="Words">How well the words of nodes match by themselves.</param>
/// <param name="Walk">The walk over names, where there were texts to walk over.</param>
internal sealed record RankedNodes(MemoryIndex Index, QuestionReading Question, IReadOnlyList<Ranked> Order, ScoreBoard Words, NameWalk? Walk) : IDisposable
{
    /// <summary>Gives back what the words were counted on.</summary>
    public void Dispose() => Words.Dispose();
}
