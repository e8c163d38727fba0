using AgentRouter.Skills.Index;
using AgentRouter.Skills.Rankers;
using AgentRouter.Skills.Ranking;
using AgentRouter.Skills.Reranking;
using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Skills.Evaluation;

/// <summary>What is found in a pool for its tasks when a reranker has the last word.</summary>
/// <param name="Name">The name of the reranker.</param>
/// <param name="Found">The ids of what is found in each draw, the best first, by what is asked.</param>
internal sealed record RerankedPool(string Name, IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<string>>> Found)
{
    /// <summary>Searches.</summary>
    /// <param name="name">The name of the reranker.</param>
    /// <param name="draws">What is searched.</param>
    /// <param name="recipe">How it is searched.</param>
    /// <param name="ranker">A trained ranker, or <see langword="null"/>.</param>
    /// <param name="reranker">What has the last word.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="progress">Is told the share that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static async Task<RerankedPool> MakeAsync(
        string name, IReadOnlyList<EvaluationPool> draws, RankingRecipe recipe, SkillRanker? ranker, ISkillReranker reranker, IReadOnlyList<EvaluationTask> tasks,
        IProgress<IndexingProgress>? progress, CancellationToken cancellationToken)
    {
        string[] queries = [.. tasks.Select(task => task.Query).Distinct()];
        var options = new SkillSearchOptions { Limit = RankingFigures.Places };
        var found = new List<IReadOnlyDictionary<string, IReadOnlyList<string>>>();
        int done = 0;
        foreach (EvaluationPool draw in draws)
        {
            var retriever = new SkillRetriever(draw.For(recipe), reranker: reranker, ranker: ranker);
            var lists = new Dictionary<string, IReadOnlyList<string>>();
            foreach (string query in queries)
            {
                lists[query] = [.. (await retriever.SearchAsync(query, options, cancellationToken).ConfigureAwait(false)).Select(match => match.Skill.Id)];
                progress?.Report(new IndexingProgress(IndexingStage.Reading, (double)++done / (draws.Count * queries.Length)));
            }

            found.Add(lists);
        }

        return new RerankedPool(name, found);
    }
}
