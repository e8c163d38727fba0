using AgentRouter.Configuration;
using AgentRouter.Language.Vectors;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Evaluation;

/// <summary>A pool and its tasks with the vectors of a model.</summary>
/// <param name="Index">The pool, indexed with them.</param>
/// <param name="Tasks">The vectors of the tasks, by what is asked.</param>
internal sealed record EmbeddedPool(SkillIndex Index, IReadOnlyDictionary<string, Int8Rows> Tasks)
{
    // so many documents are embedded together
    private const int Together = 256;

    /// <summary>Embeds.</summary>
    /// <param name="pool">The pool, with its passages.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="embedder">The model.</param>
    /// <param name="progress">Is told the share of the pool that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ConfigurationException">The embedder gave what cannot be vectors.</exception>
    public static async Task<EmbeddedPool> MakeAsync(
        EvaluationPool pool, IReadOnlyList<EvaluationTask> tasks, ISkillEmbedder embedder, IProgress<IndexingProgress>? progress, CancellationToken cancellationToken)
    {
        var documents = new List<NewSkill>(pool.Passages.Count);
        int? dimensions = null;
        foreach ((NewSkill Document, IReadOnlyList<string> Texts)[] some in pool.Passages.Chunk(Together))
        {
            IReadOnlyList<ReadOnlyMemory<float>> vectors = await CheckedEmbedding.OfAsync(
                embedder, [.. some.SelectMany(each => each.Texts)], EmbeddingPurpose.Skill, dimensions, cancellationToken).ConfigureAwait(false);
            dimensions ??= vectors[0].Length;
            int next = 0;
            foreach ((NewSkill document, IReadOnlyList<string> texts) in some)
            {
                documents.Add(document with { Vectors = [.. vectors.Skip(next).Take(texts.Count)] });
                next += texts.Count;
            }

            progress?.Report(new IndexingProgress(IndexingStage.Reading, (double)documents.Count / pool.Passages.Count));
        }

        string[] queries = [.. tasks.Select(task => task.Query).Distinct()];
        IReadOnlyList<ReadOnlyMemory<float>> asked = await CheckedEmbedding.OfAsync(
            embedder, [.. queries.Select(Shortened)], EmbeddingPurpose.Task, dimensions, cancellationToken).ConfigureAwait(false);
        return new EmbeddedPool(
            SkillIndex.EmptyFor(pool.Ladder[^1], new EmbeddedTexts(embedder.Name, dimensions!.Value)).With(documents, []),
            queries.Zip(asked).ToDictionary(each => each.First, each => Int8Rows.Of(each.Second.Span)));
    }

    /// <summary>Makes the index of what a draw has of the pool.</summary>
    public SkillIndex In(EvaluationPool draw)
    {
        if (draw.Index.Count == Index.Count)
            return Index;
        var drawn = draw.Index.Skills.Select(skill => skill.Id).ToHashSet();
        return Index.Without(Index.Skills.Select(skill => skill.Id).Where(id => !drawn.Contains(id)));
    }

    // what is embedded of a query
    private static string Shortened(string query) => query[..Math.Min(query.Length, SkillPassages.LongestQuery)];
}
