namespace AgentRouter.Skills.Evaluation;

/// <summary>A task with the skills that it needs.</summary>
/// <param name="Id">The task's id.</param>
/// <param name="Query">What was asked.</param>
/// <param name="Needed">The ids of the skills that it needs.</param>
/// <param name="Relevance">How relevant skills are, by id; at least the needed ones.</param>
internal sealed record EvaluationTask(string Id, string Query, IReadOnlySet<string> Needed, IReadOnlyDictionary<string, double> Relevance)
{
    /// <summary>Leaves out what is not in a pool.</summary>
    /// <param name="known">The ids of the pool.</param>
    public EvaluationTask In(HashSet<string> known) => this with
    {
        Needed = Needed.Where(known.Contains).ToHashSet(),
        Relevance = Relevance.Where(grade => known.Contains(grade.Key)).ToDictionary(),
    };
}
