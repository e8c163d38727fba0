using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Ranking;

/// <summary>How documents are ranked: which views are looked at, and how they are put together.</summary>
/// <remarks>Fixed numbers, not settings: they were found together on development data, and measured as a whole.</remarks>
internal sealed record RankingRecipe
{
    /// <summary>Gets the name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the views.</summary>
    public required IReadOnlyList<RankingView> Views { get; init; }

    /// <summary>Gets how the views are put together.</summary>
    public required IReadOnlyList<ViewWeight> Weights { get; init; }

    /// <summary>Gets how the words of documents are stemmed.</summary>
    public IReadOnlyList<StemKind> Stems { get; init; } = [StemKind.Plural];

    /// <summary>Gets what nearness of vectors adds; nothing when <see langword="null"/>.</summary>
    public DenseView? Dense { get; init; }

    /// <summary>Gets the recipe that is used instead for an index that has vectors. It has the same views.</summary>
    public RankingRecipe? WithVectors { get; init; }

    /// <summary>Gets the places from the top that the scores alone fill; the places below are filled by ranks. All when <see langword="null"/>.</summary>
    public int? PlacesByScore { get; init; }

    /// <summary>Gets how skills for single sentences of the query come into the list; not when <see langword="null"/>.</summary>
    public SentencePlaces? Sentences { get; init; }

    /// <summary>Gets how many places from the top are a set, in which no skill repeats another; none when <see langword="null"/>.</summary>
    public int? SetPlaces { get; init; }

    /// <summary>Makes the recipe of vectors alone: nothing counts but nearness.</summary>
    /// <param name="name">Its name.</param>
    public RankingRecipe VectorsAlone(string name) => new()
    {
        Name = name,
        Stems = Stems,
        Views = Views,
        Weights = [.. Weights.Select(weight => weight with { Weight = 0, RankWeight = 0 })],
        Dense = new DenseView("nearness", 1, RankWeight: 0, Stems, Fields: []),
    };
}

/// <summary>How skills for single sentences of a query come into the list: a task may need several skills, each named by one sentence.</summary>
/// <param name="Keep">The places from the top that stay as they are.</param>
/// <param name="Most">The most skills that are put in.</param>
/// <param name="Wide">The view that looks at whole skills, by its place in <see cref="RankingRecipe.Weights"/>.</param>
/// <param name="Narrow">The view that looks at names and descriptions, likewise.</param>
/// <param name="FromSkills">In smaller libraries none is put in: the best of few skills for a sentence is seldom meant.</param>
internal sealed record SentencePlaces(int Keep, int Most, int Wide, int Narrow, int FromSkills);
