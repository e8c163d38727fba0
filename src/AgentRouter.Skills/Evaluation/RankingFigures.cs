namespace AgentRouter.Skills.Evaluation;

/// <summary>How well a list serves one task. All are shares from 0 to 1.</summary>
/// <param name="Hit1">Whether the first place is a skill that the task needs.</param>
/// <param name="Mrr10">One over the place of the first such skill, among ten.</param>
/// <param name="Recall10">The share of the needed skills that is among the first ten.</param>
/// <param name="Recall20">The same among twenty.</param>
/// <param name="Coverage10">Whether all needed skills are among the first ten.</param>
/// <param name="Ndcg10">The discounted gain of the first ten, as a share of the best possible (K. Järvelin, J. Kekäläinen, 2002; gain is the relevance itself).</param>
internal sealed record RankingFigures(double Hit1, double Mrr10, double Recall10, double Recall20, double Coverage10, double Ndcg10)
{
    /// <summary>How long the list must be.</summary>
    public const int Places = 20;

    private const int Near = 10;

    /// <summary>Measures a list.</summary>
    /// <param name="ranked">The ids, the best first.</param>
    /// <param name="task">The task; its skills are in the pool.</param>
    public static RankingFigures Of(IReadOnlyList<string> ranked, EvaluationTask task)
    {
        int first = 0;
        while (first < Math.Min(Near, ranked.Count) && !task.Needed.Contains(ranked[first]))
            first++;
        bool isFound = first < Math.Min(Near, ranked.Count);
        int near = ranked.Take(Near).Count(task.Needed.Contains);
        double gain = ranked.Take(Near).Select((id, place) => Discounted(task.Relevance.GetValueOrDefault(id), place)).Sum();
        double best = task.Relevance.Values.OrderDescending().Take(Near).Select(Discounted).Sum();
        return new RankingFigures(
            isFound && first == 0 ? 1 : 0,
            isFound ? 1.0 / (first + 1) : 0,
            (double)near / task.Needed.Count,
            (double)ranked.Take(Places).Count(task.Needed.Contains) / task.Needed.Count,
            near == task.Needed.Count ? 1 : 0,
            best > 0 ? gain / best : 0);

        static double Discounted(double relevance, int place) => relevance / Math.Log2(place + 2);
    }

    /// <summary>Computes the means of several lists for one task.</summary>
    public static RankingFigures Mean(IReadOnlyList<RankingFigures> lists) => new(
        lists.Average(each => each.Hit1), lists.Average(each => each.Mrr10), lists.Average(each => each.Recall10), lists.Average(each => each.Recall20),
        lists.Average(each => each.Coverage10), lists.Average(each => each.Ndcg10));
}
