using AgentRouter.Skills.Index;
using AgentRouter.Skills.Ranking;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Tests.Support;

/// <summary>BM25 over fields as its formula is written, document by document: what the index must agree with.</summary>
internal sealed class BruteForce(IReadOnlyList<Skill> skills, RankingRecipe recipe)
{
    private readonly Dictionary<string, int>[][] _counts = [.. skills.Select(Count)];
    private readonly Dictionary<(string, string), int> _documents = [];
    private MeanLengths? _means;

    /// <summary>Scores a skill.</summary>
    public double Score(int skill, string query, ViewWeight weight)
    {
        RankingView view = recipe.Views[weight.View];
        double score = 0;
        foreach (QueryTerm term in QueryTerms.Of(query, view.Stems))
        {
            string stem = Stems(term.Word)[0];
            if (!_documents.TryGetValue((view.Name, stem), out int documents))
                _documents[(view.Name, stem)] = documents = _counts.Count(counts => Frequency(counts, view, stem, (_, _) => 1) > 0);
            double idf = Math.Log(1 + (skills.Count - documents + 0.5) / (documents + 0.5));
            double frequency = Frequency(_counts[skill], view, stem, (part, length) => Norm(part, length, Mean(view, part)));
            score += term.Weight(weight.Alpha) * idf * frequency * (view.K1 + 1) / (frequency + view.K1);
        }

        return score;
    }

    private double Mean(RankingView view, ViewPart part) =>
        (_means ??= Means()).OfView(recipe.Views.ToList().IndexOf(view))[view.Parts.ToList().IndexOf(part)];

    private MeanLengths Means()
    {
        var totals = new long[DocumentTerms.MaxFields];
        foreach (Dictionary<string, int>[] counts in _counts)
        {
            for (int field = 0; field < counts.Length; field++)
                totals[field] += counts[field].Values.Sum();
        }

        return MeanLengths.Of(recipe, totals, skills.Count);
    }

    private static double Norm(ViewPart part, int length, double mean) =>
        mean > 0 ? 1 - part.B + part.B * LengthCode.Length(LengthCode.Of(length)) / mean : 1;

    private static double Frequency(Dictionary<string, int>[] counts, RankingView view, string stem, Func<ViewPart, int, double> norm) => view.Parts.Sum(part =>
    {
        int[] fields = [.. Enumerable.Range(0, counts.Length).Where(field => (part.Fields >> field & 1) != 0)];
        return part.Weight * fields.Sum(field => counts[field].GetValueOrDefault(stem)) / norm(part, fields.Sum(field => counts[field].Values.Sum()));
    });

    private static Dictionary<string, int>[] Count(Skill skill)
    {
        Dictionary<string, int>[] counts = [.. Enum.GetValues<SkillField>().Select(_ => new Dictionary<string, int>())];
        Add(SkillField.Name, skill.Name);
        Add(SkillField.Description, skill.Description);
        var lines = new MarkdownFields(skill.Body);
        while (lines.MoveNext())
            Add(lines.Field, lines.Current.ToString());
        return counts;

        void Add(SkillField field, string text)
        {
            foreach (string stem in Stems(text))
                counts[(int)field][stem] = counts[(int)field].GetValueOrDefault(stem) + 1;
        }
    }

    private static List<string> Stems(string text)
    {
        var collector = new Collector([]);
        TermReader.Read(text, StemKind.Plural, ref collector);
        return collector.Terms;
    }

    private readonly record struct Collector(List<string> Terms) : ITermVisitor
    {
        public void Visit(ReadOnlySpan<char> term, ReadOnlySpan<char> word, int start) => Terms.Add(term.ToString());
    }
}
