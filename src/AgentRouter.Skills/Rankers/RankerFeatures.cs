using System.Numerics.Tensors;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Ranking;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Rankers;

/// <summary>What a trained ranker looks at: numbers of a task and a skill, nearly all from 0 to 1, each of which can be said in words.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>score</term><description>the score of the recipe, as a share of the best</description></item>
/// <item><term>view: NAME</term><description>the score under one view, as a share of the best</description></item>
/// <item><term>nearness</term><description>the nearness of vectors, as a share of the nearest</description></item>
/// <item><term>words</term><description>the share of the task's words, by weight, that stand in the skill</description></item>
/// <item><term>words in name and description</term><description>the same there</description></item>
/// <item><term>heaviest words</term><description>the share of the task's ten heaviest words that stand in the skill</description></item>
/// <item><term>heaviest words in name and description</term><description>the same there</description></item>
/// <item><term>one word</term><description>the share of the score that comes from a single word</description></item>
/// <item><term>code words</term><description>the share of what the task says in code marks that stands in the skill</description></item>
/// <item><term>name in task</term><description>the share of the skill's name, by weight, that the task says</description></item>
/// <item><term>description in task</term><description>the same of its description</description></item>
/// <item><term>best sentence</term><description>the score for the sentence of the task that it fits best, as a share of the best skill's for that sentence</description></item>
/// <item><term>sentences</term><description>the mean of those shares</description></item>
/// <item><term>best of sentences</term><description>the share of sentences for which it is among the best</description></item>
/// <item><term>length</term><description>ln(1 + terms of the skill) / 10</description></item>
/// </list>
/// </remarks>
internal sealed class RankerFeatures
{
    private const int Heaviest = 10;
    private const int MaxDescription = 600;
    private const int FewestTerms = 3;
    private const float AmongTheBest = 0.9f;

    private readonly QueryScores _scores;
    private readonly ViewWeight _wide;
    private readonly ViewWeight? _narrow;
    private readonly int[] _documents;
    private readonly double[][] _rows;

    private RankerFeatures(QueryScores scores, int[] documents)
    {
        RankingRecipe recipe = scores.Index.Recipe;
        (_scores, _documents, _wide) = (scores, documents, recipe.Weights[0]);
        _narrow = recipe.Sentences is { } places ? recipe.Weights[places.Narrow] : null;
        string[] names = [.. NamesOf(scores.Index)];
        _rows = [.. documents.Select(_ => new double[names.Length])];
    }

    /// <summary>Gets the names of the features that an index gives, in order.</summary>
    public static IEnumerable<string> NamesOf(SkillIndex index)
    {
        RankingRecipe recipe = index.Recipe;
        bool hasNames = recipe.Sentences is not null;
        return
        [
            "score",
            .. recipe.Weights.Select(weight => weight.View).Distinct().Select(view => $"view: {recipe.Views[view].Name}"),
            .. recipe.Dense is null ? (string[])[] : ["nearness"],
            "words", .. hasNames ? (string[])["words in name and description"] : [],
            "heaviest words", .. hasNames ? (string[])["heaviest words in name and description"] : [],
            "one word", "code words", "name in task", "description in task", "best sentence", "sentences", "best of sentences", "length",
        ];
    }

    /// <summary>Computes the features of documents.</summary>
    /// <param name="scores">The scores of the task.</param>
    /// <param name="query">The task.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>For each document its features, in the order of <see cref="NamesOf"/>.</returns>
    public static double[][] Of(QueryScores scores, string query, int[] documents, CancellationToken cancellationToken)
    {
        var features = new RankerFeatures(scores, documents);
        features.Fill(query, cancellationToken);
        return features._rows;
    }

    private void Fill(string query, CancellationToken cancellationToken)
    {
        StemKind stems = _scores.Index.Recipe.Views[_wide.View].Stems;
        IReadOnlyList<QueryTerm> terms = QueryTerms.Of(query, stems);
        using var few = new CandidateScores(_scores, _documents);
        int at = Scores();
        at = Words(few, TermWeights.Of(_scores.Index, _wide, terms), terms, at);
        cancellationToken.ThrowIfCancellationRequested();
        at = Names(terms, stems, at);
        at = Sentences(few, query, stems, at, cancellationToken);
        Lengths(at);
    }

    private int Scores()
    {
        double best = _documents.Length == 0 ? 0 : _documents.Max(document => _scores.Fused[document]);
        for (int row = 0; row < _rows.Length; row++)
        {
            int at = 0;
            _rows[row][at++] = best > 0 ? _scores.Fused[_documents[row]] / best : 0;
            foreach (ViewScore view in _scores.Views(_documents[row]))
                _rows[row][at++] = view.Share;
        }

        // an index with vectors can be searched without the task's
        return NamesOf(_scores.Index).TakeWhile(name => name != "words").Count();
    }

    private int Words(CandidateScores few, List<TermWeights> terms, IReadOnlyList<QueryTerm> said, int at)
    {
        double all = terms.Sum(term => term.Weight);
        var heaviest = terms.OrderByDescending(term => term.Weight).Take(Heaviest).Select(term => term.Term).ToHashSet();
        var code = said.Where(term => term.Most < 1).Select(term => term.Term).ToHashSet();
        int names = _narrow is null ? 0 : 1;
        (int words, int heavy, int one, int inCode) = (at, at + 1 + names, at + 2 + 2 * names, at + 3 + 2 * names);
        double[] sums = new double[_rows.Length], most = new double[_rows.Length];
        foreach (TermWeights term in terms)
        {
            ReadOnlySpan<float> wide = few.Of(_wide.View, term), narrow = _narrow is null ? default : few.Of(_narrow.View, term);
            for (int row = 0; row < _rows.Length; row++)
            {
                if (!narrow.IsEmpty && narrow[row] > 0)
                {
                    _rows[row][words + 1] += term.Weight / all;
                    _rows[row][heavy + 1] += heaviest.Contains(term.Term) ? 1.0 / heaviest.Count : 0;
                }

                if (wide[row] <= 0)
                    continue;
                double counts = wide[row] * term.Weight;
                (sums[row], most[row]) = (sums[row] + counts, Math.Max(most[row], counts));
                _rows[row][words] += term.Weight / all;
                _rows[row][heavy] += heaviest.Contains(term.Term) ? 1.0 / heaviest.Count : 0;
                _rows[row][inCode] += code.Contains(term.Term) ? 1.0 / code.Count : 0;
            }
        }

        for (int row = 0; row < _rows.Length; row++)
            _rows[row][one] = sums[row] > 0 ? most[row] / sums[row] : 0;
        return inCode + 1;
    }

    private int Names(IReadOnlyList<QueryTerm> said, StemKind stems, int at)
    {
        var task = said.Select(term => term.Term).ToHashSet();
        for (int row = 0; row < _rows.Length; row++)
        {
            IndexedSkill skill = _scores.Documents.Skill(_documents[row]);
            string description = skill.Description;
            _rows[row][at] = Said(skill.Name);
            _rows[row][at + 1] = Said(description.Length > MaxDescription ? description[..MaxDescription] : description);
        }

        return at + 2;

        // two more, so that a name of one common word is no full share
        double Said(string text)
        {
            List<TermWeights> own = TermWeights.Of(_scores.Index, _wide, QueryTerms.Of(text, stems));
            return own.Where(term => task.Contains(term.Term)).Sum(term => term.Weight) / (own.Sum(term => term.Weight) + 2);
        }
    }

    private int Sentences(CandidateScores few, string query, StemKind stems, int at, CancellationToken cancellationToken)
    {
        float[] shares = new float[_rows.Length];
        int count = 0;
        foreach (string sentence in QuerySentences.Of(query))
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<TermWeights> terms = TermWeights.Of(_scores.Index, _wide, QueryTerms.Of(sentence, stems));
            if (terms.Count < FewestTerms)
                continue;
            count++;
            few.Score(_wide.View, terms, shares);
            for (int row = 0; row < _rows.Length; row++)
            {
                _rows[row][at] = Math.Max(_rows[row][at], shares[row]);
                _rows[row][at + 1] += shares[row];
                _rows[row][at + 2] += shares[row] >= AmongTheBest ? 1 : 0;
            }
        }

        foreach (double[] row in _rows)
        {
            row[at + 1] /= Math.Max(1, count);
            row[at + 2] /= Math.Max(1, count);
        }

        return at + 3;
    }

    private void Lengths(int at)
    {
        for (int row = 0; row < _rows.Length; row++)
        {
            int segment = _scores.Documents.SegmentOf(_documents[row]);
            int length = TensorPrimitives.Sum(_scores.Index.Segments[segment].Terms.LengthsOf(_documents[row] - _scores.Documents.StartOf(segment)));
            _rows[row][at] = Math.Log(1 + length) / 10;
        }
    }
}
