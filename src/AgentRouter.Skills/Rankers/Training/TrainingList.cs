using AgentRouter.Skills.Evaluation;

namespace AgentRouter.Skills.Rankers.Training;

/// <summary>What was found for a task, to learn from.</summary>
/// <param name="Task">The task.</param>
/// <param name="Ids">The skills, in the order in which they were found.</param>
/// <param name="Features">Their features.</param>
/// <param name="Targets">For each skill its share of what the task needs and was found; nothing where nothing was.</param>
internal sealed record TrainingList(EvaluationTask Task, string[] Ids, double[][] Features, double[] Targets)
{
    /// <summary>Gets a value indicating whether something can be learned: something needed was found.</summary>
    public bool Teaches => Targets.Length > 0;

    /// <summary>Makes the list of a task.</summary>
    public static TrainingList Of(EvaluationTask task, string[] ids, double[][] features)
    {
        int needed = ids.Count(task.Needed.Contains);
        return new TrainingList(task, ids, features, needed == 0 ? [] : [.. ids.Select(id => task.Needed.Contains(id) ? 1.0 / needed : 0)]);
    }

    /// <summary>Puts the skills in the order of weights.</summary>
    public IEnumerable<string> Ordered(double[] weights) =>
        Enumerable.Range(0, Ids.Length).OrderByDescending(place => SkillRanker.Value(Features[place], weights)).Select(place => Ids[place]);
}
