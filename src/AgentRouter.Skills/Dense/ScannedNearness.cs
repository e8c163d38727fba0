using AgentRouter.Language.Vectors;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Skills.Dense;

/// <summary>Nearness by the vectors that the index itself has: all of them are compared.</summary>
/// <param name="task">Rows of one vector, the task's.</param>
internal sealed class ScannedNearness(Int8Rows task) : TaskNearness
{
    /// <summary>Makes it of a task's vector; <see langword="null"/> where there is none.</summary>
    public static ScannedNearness? Of(Int8Rows? task) => task is null ? null : new ScannedNearness(task);

    /// <inheritdoc/>
    public override void Fill(SkillIndex index, DocumentNumbers documents, Span<float> nearness)
    {
        for (int s = 0; s < index.Segments.Count; s++)
            index.Segments[s].Vectors!.Compare(task, nearness.Slice(documents.StartOf(s), index.Segments[s].Skills.Count));
        Nearness.OfCosines(nearness, documents.Hidden);
    }
}
