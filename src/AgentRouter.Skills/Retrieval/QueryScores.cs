using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.ExceptionServices;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Ranking;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Retrieval;

/// <summary>The scores of all skills of an index for one query: under each view, and put together.</summary>
internal sealed class QueryScores : IDisposable
{
    private const int ShownWords = 8;
    private const int FewForParallel = 10_000;

    private readonly float[][] _scores;
    private readonly float[] _best;
    private readonly List<TermWeights>[] _terms;
    private readonly float[] _fused;
    private float[]? _nearness;

    private QueryScores(SkillIndex index)
    {
        Index = index;
        Documents = new DocumentNumbers(index);
        int weights = index.Recipe.Weights.Count;
        (_scores, _best, _terms) = (new float[weights][], new float[weights], new List<TermWeights>[weights]);
        _fused = ArrayPool<float>.Shared.Rent(Documents.Count);
        for (int weight = 0; weight < weights; weight++)
            _scores[weight] = ArrayPool<float>.Shared.Rent(Documents.Count);
    }

    /// <summary>Gets the index.</summary>
    public SkillIndex Index { get; }

    /// <summary>Gets the documents.</summary>
    public DocumentNumbers Documents { get; }

    /// <summary>Gets the scores put together, by document, as a share of the highest that there could be; 0 for what is hidden.</summary>
    public ReadOnlySpan<float> Fused => _fused.AsSpan(0, Documents.Count);

    /// <summary>Gets how near the documents' vectors are to the query's, in the measure of <see cref="Nearness"/>; nothing where there are no vectors.</summary>
    public ReadOnlySpan<float> Near => _nearness is null ? [] : _nearness.AsSpan(0, Documents.Count);

    /// <summary>Scores a query.</summary>
    /// <param name="index">The index.</param>
    /// <param name="query">The query.</param>
    /// <param name="nearness">How near the skills are to it, or <see langword="null"/> when only words count.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static QueryScores Of(SkillIndex index, string query, TaskNearness? nearness, CancellationToken cancellationToken)
    {
        var scores = new QueryScores(index);
        try
        {
            Action words = () => scores.Rank(query, cancellationToken);
            if (nearness is null || index.Recipe.Dense is null)
                words();
            else
                InParallel(scores.Documents.Count, words, () => scores.Compare(nearness));
            scores.Fuse();
            return scores;
        }
        catch
        {
            scores.Dispose();
            throw;
        }
    }

    /// <summary>Gets the scores of all documents under one weight of the recipe.</summary>
    /// <param name="weight">The weight, by its place.</param>
    public ReadOnlySpan<float> Of(int weight) => _scores[weight].AsSpan(0, Documents.Count);

    /// <summary>Scores all documents for terms under one view.</summary>
    /// <param name="view">The view, by its place in the recipe.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="scores">Where the scores are written; 0 for what is hidden.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The best score.</returns>
    public float Score(int view, IReadOnlyList<TermWeights> terms, Span<float> scores, CancellationToken cancellationToken)
    {
        scores.Clear();
        for (int s = 0; s < Index.Segments.Count; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int segment = s;
            (int, float)[] known = [.. terms.Where(term => term.Places[segment] >= 0).Select(term => (term.Places[segment], term.Weight))];
            Index.Segments[s].Postings!.Add(view, known, scores.Slice(Documents.StartOf(s), Index.Segments[s].Skills.Count));
        }

        foreach (int document in Documents.Hidden)
            scores[document] = 0;
        return TensorPrimitives.Max((ReadOnlySpan<float>)scores);
    }

    /// <summary>Gets a document's score under each view, as a share of the best.</summary>
    public IReadOnlyList<ViewScore> Views(int document)
    {
        IEnumerable<ViewScore> views = Index.Recipe.Weights.Select((weight, place) => (weight.View, Share: Share(place) * _scores[place][document]))
            .GroupBy(each => each.View).Select(view => new ViewScore(Index.Recipe.Views[view.Key].Name, view.First().Share));
        return Near.IsEmpty ? [.. views] : [.. views, new ViewScore(Index.Recipe.Dense!.Name, Math.Max(0, Near[document]) / Math.Max(float.Epsilon, TensorPrimitives.Max(Near)))];
    }

    /// <summary>Gets what the words of the query add to a document's score, the heaviest first.</summary>
    public IReadOnlyList<WordScore> Words(int document)
    {
        int segment = Documents.SegmentOf(document);
        var words = new Dictionary<string, double>();
        for (int weight = 0; weight < _terms.Length; weight++)
        {
            SegmentPostings postings = Index.Segments[segment].Postings!;
            foreach (TermWeights term in _terms[weight].Where(term => term.Places[segment] >= 0))
            {
                float impact = postings.Impact(Index.Recipe.Weights[weight].View, term.Places[segment], document - Documents.StartOf(segment));
                if (impact > 0)
                    words[term.Word] = words.GetValueOrDefault(term.Word) + impact * term.Weight * Share(weight) * Part(weight);
            }
        }

        return [.. words.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(ShownWords).Select(word => new WordScore(word.Key, word.Value))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_fused);
        if (_nearness is not null)
            ArrayPool<float>.Shared.Return(_nearness);
        foreach (float[] scores in _scores)
            ArrayPool<float>.Shared.Return(scores);
    }

    private void Rank(string query, CancellationToken cancellationToken)
    {
        var terms = Index.Recipe.Stems.ToDictionary(kind => kind, kind => QueryTerms.Of(query, kind));
        for (int weight = 0; weight < Index.Recipe.Weights.Count; weight++)
        {
            ViewWeight view = Index.Recipe.Weights[weight];
            _terms[weight] = TermWeights.Of(Index, view, terms[Index.Recipe.Views[view.View].Stems]);
            _best[weight] = Score(view.View, _terms[weight], _scores[weight].AsSpan(0, Documents.Count), cancellationToken);
        }
    }

    // in a large library the scan of the vectors takes as long as the words do; where all processors are at work, one comes after the other
    private static void InParallel(int documents, Action words, Action vectors)
    {
        if (documents < FewForParallel)
        {
            words();
            vectors();
            return;
        }

        try
        {
            Parallel.Invoke(words, vectors);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }

    private void Compare(TaskNearness nearness)
    {
        _nearness = ArrayPool<float>.Shared.Rent(Documents.Count);
        nearness.Fill(Index, Documents, _nearness.AsSpan(0, Documents.Count));
    }

    // every view is divided by its best score, since the scores of different views cannot be compared
    private void Fuse()
    {
        Span<float> fused = _fused.AsSpan(0, Documents.Count);
        fused.Clear();
        for (int weight = 0; weight < _scores.Length; weight++)
            TensorPrimitives.MultiplyAdd(Of(weight), Share(weight) * Part(weight), fused, fused);
        if (!Near.IsEmpty)
            TensorPrimitives.MultiplyAdd(Near, (float)(Index.Recipe.Dense!.Weight / AllWeights), fused, fused);
    }

    private float Share(int weight) => _best[weight] > 0 ? 1 / _best[weight] : 0;

    private float Part(int weight) => (float)(Index.Recipe.Weights[weight].Weight / AllWeights);

    private double AllWeights => Index.Recipe.Weights.Sum(each => each.Weight) + (_nearness is null ? 0 : Index.Recipe.Dense!.Weight);
}
