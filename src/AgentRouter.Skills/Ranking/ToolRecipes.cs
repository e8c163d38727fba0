using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Ranking;

/// <summary>The recipes for catalogues of tools, whose entries are short and have no body.</summary>
internal static class ToolRecipes
{
    private const double K1 = 1.5;

    private static readonly ViewPart[] Parts =
    [
        Part(ToolField.Name, 2, .5), Part(ToolField.Description, 1, .5), Part(ToolField.Group, .7, .5),
        Part(ToolField.Parameters, .3, .7), Part(ToolField.ServerDescription, .3, .7),
    ];

    /// <summary>Gets plain BM25 over names and descriptions.</summary>
    public static RankingRecipe NameAndDescription { get; } = new()
    {
        Name = "names",
        Stems = [StemKind.Plural, StemKind.Porter],
        Views = [new RankingView("name and description", 1.2, new ViewPart((1 << (int)ToolField.Name) | (1 << (int)ToolField.Description), 1, .75))],
        Weights = [new ViewWeight(0, 0, 1)],
    };

    /// <summary>Gets the recipe that is used: weighted fields under two ways to stem.</summary>
    public static RankingRecipe Default { get; } = new()
    {
        Name = "+ fields, two stems",
        Stems = [StemKind.Plural, StemKind.Porter],
        Views = [new RankingView("fields", K1, Parts), new RankingView("fields, Porter's stems", K1, Parts) { Stems = StemKind.Porter }],
        Weights = [new ViewWeight(0, .25, 1), new ViewWeight(1, .25, 1)],
    };

    private static ViewPart Part(ToolField field, double weight, double b) => new(1 << (int)field, weight, b);
}
