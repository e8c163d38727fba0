using AgentRouter.Language.Ranking;
using AgentRouter.Skills.Evaluation;

namespace AgentRouter.Skills.Rankers.Training;

/// <summary>What was found for a task, to learn from.</summary>
/// <param name="Task">The task.</param>
/// <param name="Ids">The skills, in the order in which they were found.</param>
/// <param name="List">Their features, and which of them the task needs.</param>
internal sealed record TaskList(EvaluationTask Task, string[] Ids, FeatureList List)
{
    /// <summary>Makes the list of a task.</summary>
    public static TaskList Of(EvaluationTask task, string[] ids, double[][] features) => new(task, ids, FeatureList.Of(features, [.. ids.Select(task.Needed.Contains)]));

    /// <summary>Puts the skills in the order of weights.</summary>
    public IEnumerable<string> Ordered(double[] weights) => List.Ordered(weights).Select(place => Ids[place]);
}
