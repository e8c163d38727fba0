using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Text;
using static AgentRouter.Skills.Text.SkillField;

namespace AgentRouter.Skills.Ranking;

/// <summary>The recipes for skills: the one that is used, and the plainer ones that show what its parts are worth.</summary>
internal static class SkillRecipes
{
    // words of a query count once, or as the fourth or the square root of how often they are said
    private const double Once = 0;
    private const double Faint = 0.25;
    private const double Half = 0.5;

    private static readonly RankingView NameAndDescriptionView = new("name and description", 1.2, ViewPart.Of(1, .75, Name, Description));
    private static readonly RankingView NearTextView = new("text as one", 1.2, ViewPart.Of(1, .75, Name, Description, Heading, Prose, Code));

    private static readonly RankingView FieldsView = new("fields", 5,
        ViewPart.Of(8, .5, Name), ViewPart.Of(5, .5, Description), ViewPart.Of(2, .75, Heading),
        ViewPart.Of(1, .75, Prose), ViewPart.Of(.5, .75, Code), ViewPart.Of(.5, .75, LaterProse), ViewPart.Of(.25, .75, LaterCode));

    private static readonly RankingView NamesView = new("names", 1.2, ViewPart.Of(2, .3, Name), ViewPart.Of(1, .5, Description));

    /// <summary>Gets plain BM25 over names and descriptions: what a library knows that does not read bodies.</summary>
    public static RankingRecipe NameAndDescription { get; } = new()
    {
        Name = "names",
        Views = [NameAndDescriptionView],
        Weights = [new ViewWeight(0, Once, 1)],
    };

    /// <summary>Gets plain BM25 over names, descriptions and bodies.</summary>
    public static RankingRecipe WithBody { get; } = new()
    {
        Name = "+ bodies",
        Views = [NearTextView],
        Weights = [new ViewWeight(0, Once, 1)],
    };

    /// <summary>Gets the same with words of the query weighted by how often they are said.</summary>
    public static RankingRecipe WithQueryWeights { get; } = new()
    {
        Name = "+ query weights",
        Views = [NearTextView],
        Weights = [new ViewWeight(0, Faint, 1)],
    };

    /// <summary>Gets three views put together: fields by weight, names and descriptions, and the text as one field.</summary>
    public static RankingRecipe WithViews { get; } = new()
    {
        Name = "+ three views",
        Views = [FieldsView, NamesView, NearTextView],
        Weights =
        [
            new ViewWeight(0, Faint, .5, RankWeight: 1), new ViewWeight(0, Half, .5, RankWeight: .5),
            new ViewWeight(1, Faint, .25, RankWeight: .5), new ViewWeight(1, Half, .25),
            new ViewWeight(2, Faint, .5, RankWeight: 1),
        ],
    };

    /// <summary>Gets the same with the list below the fifth place filled by ranks and by single sentences.</summary>
    public static RankingRecipe WithList { get; } = WithViews with
    {
        Name = "+ list",
        PlacesByScore = 5,
        Sentences = new SentencePlaces(Keep: 8, Most: 6, Wide: 0, Narrow: 2, FromSkills: 5_000),
    };

    /// <summary>Gets the same with a set in the first ten places.</summary>
    public static RankingRecipe WithSet { get; } = WithList with { Name = "+ set", SetPlaces = 10 };

    /// <summary>Gets the same with nearness of vectors in the score.</summary>
    public static RankingRecipe WithDense { get; } = WithSet with
    {
        Name = "+ dense",
        Dense = new DenseView("nearness", .3, RankWeight: 0, [StemKind.Plural], Fields: [3, 2, 1.5, 1, .5]),
    };

    /// <summary>Gets the same with nearness in the ranks that fill the list.</summary>
    public static RankingRecipe WithDenseList { get; } = WithDense with
    {
        Name = "+ dense list",
        Dense = WithDense.Dense! with { RankWeight = 1 },
        Weights = [.. WithViews.Weights.Select((weight, place) => place == 1 ? weight with { RankWeight = 0 } : weight)],
    };

    /// <summary>Gets the recipe that is used.</summary>
    public static RankingRecipe Default { get; } = WithSet with { WithVectors = WithDenseList };
}
