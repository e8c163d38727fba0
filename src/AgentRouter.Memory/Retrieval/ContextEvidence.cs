using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Retrieval;

/// <summary>How much of a question a node answers together with what was said around it.</summary>
/// <remarks>
/// A turn says half of what it is about; the rest was said before: an answer repeats nothing of its question. Each word of the question may be matched by the
/// turn, by its neighbours, or by the conversation as a whole, and each of these is a chance that the turn is about it: the chances are put together as if they
/// were independent (noisy or). So a word that is matched twice counts little more than once, and a turn that covers all words is before one that repeats some.
/// </remarks>
internal sealed class ContextEvidence(MemoryIndex index, QuestionReading question, LexicalScores scores, TermMatches matches)
{
    // the chance that a turn is about a word that is said: by itself, …
    private const float Own = 0.5f;

    // … in the question right before it, or otherwise right before it, …
    private const float AfterQuestion = 0.5f;
    private const float Before = 0.1f;

    // … by the same speaker's turn before, two and three turns before, …
    private const float TwoBefore = 0.3f;
    private const float ThreeBefore = 0.1f;

    // … in what is said next, and after that, …
    private const float Next = 0.2f;
    private const float TwoAfter = 0.1f;

    // … and anywhere in the conversation
    private const float InSource = 0.2f;
    private const float FullInSource = 2;

    private readonly float _total = Math.Max(1e-9f, question.Terms.Sum(term => term.Weight));

    /// <summary>Computes it.</summary>
    /// <param name="id">The node.</param>
    /// <returns>The share of the question's words, by how rare they are, from 0 to 1.</returns>
    public float Of(int id)
    {
        int before = Sequence.Neighbour(index, id, -1), next = Sequence.Neighbour(index, id, 1);
        int twoBefore = Step(before, -1), threeBefore = Step(twoBefore, -1), twoAfter = Step(next, 1);
        IndexSegment segment = index.SegmentOf(id);
        int source = segment.Nodes.Sources[id - segment.FirstId];
        float chanceBefore = before != 0 && (index.FlagsOf(before) & NodeFlags.Asks) != 0 ? AfterQuestion : Before;
        (int own, int p1, int p2, int p3, int n1, int n2) = (matches.PlaceOf(id), matches.PlaceOf(before), matches.PlaceOf(twoBefore), matches.PlaceOf(threeBefore), matches.PlaceOf(next), matches.PlaceOf(twoAfter));
        float sum = 0;
        for (int term = 0; term < question.Terms.Count; term++)
        {
            float missed = (1 - Own * matches.At(term, own)) * (1 - chanceBefore * matches.At(term, p1)) * (1 - TwoBefore * matches.At(term, p2))
                * (1 - ThreeBefore * matches.At(term, p3)) * (1 - Next * matches.At(term, n1)) * (1 - TwoAfter * matches.At(term, n2))
                * (1 - InSource * Math.Min(1, scores.TermsInSources[term].GetValueOrDefault(source) / FullInSource));
            sum += question.Terms[term].Weight * (1 - missed);
        }

        return sum / _total;
    }

    private int Step(int id, int step) => id == 0 ? 0 : Sequence.Neighbour(index, id, step);
}
