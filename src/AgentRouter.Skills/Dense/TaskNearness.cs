using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Skills.Dense;

/// <summary>How near the skills of an index are to a task.</summary>
internal abstract class TaskNearness
{
    /// <summary>Tells how near each document is, in the measure of <see cref="Nearness"/>.</summary>
    /// <param name="index">The index, of the space that the task's vector is in.</param>
    /// <param name="documents">Its documents.</param>
    /// <param name="nearness">Where it is written, by document; 0 for what is hidden.</param>
    public abstract void Fill(SkillIndex index, DocumentNumbers documents, Span<float> nearness);
}
