using AgentRouter.Skills.Evaluation;
using AgentRouter.Skills.Ranking;

namespace AgentRouter.Cli.Commands.Skills.Eval;

/// <summary>The recipes that are measured with the vectors of a model.</summary>
internal static class ModelRecipes
{
    /// <summary>Makes the recipes for a pool: the vectors alone and, for skills, the recipe that is used with them. Tools are searched without vectors.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="name">The name of the model.</param>
    public static IReadOnlyList<RankingRecipe> Of(EvaluationPool pool, string name)
    {
        RankingRecipe alone = pool.Ladder[0].VectorsAlone($"{name} alone");
        return pool.HasTools ? [alone] : [alone, SkillRecipes.WithDenseList with { Name = $"words + {name}" }];
    }
}
