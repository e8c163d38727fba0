using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Policies.Boundary.Training;

/// <summary>How hard rows are, by the two boundary policies: easy ones the cheap model does, hard ones only the dear one, intractable ones neither.</summary>
/// <param name="Easy">The rows the cheap model does.</param>
/// <param name="Hard">The rows only the dear model does.</param>
/// <param name="Intractable">The rows neither does: the cheaper they fail, the better.</param>
/// <param name="Unsolved">The groups of which no model does any row: a task with such a step cannot succeed.</param>
internal sealed record Taxonomy(int Easy, int Hard, int Intractable, IReadOnlyList<string> Unsolved)
{
    /// <summary>Sorts rows.</summary>
    public static Taxonomy Of(IReadOnlyList<OutcomeRow> rows, string cheap, string dear)
    {
        int easy = rows.Count(row => IsRight(row, cheap));
        int hard = rows.Count(row => !IsRight(row, cheap) && IsRight(row, dear));
        string[] unsolved = [.. rows.GroupBy(row => row.Group).Where(group => group.All(row => !row.Models.Keys.Any(model => IsRight(row, model)))).Select(group => group.Key)];
        return new Taxonomy(easy, hard, rows.Count - easy - hard, unsolved);
    }

    private static bool IsRight(OutcomeRow row, string model) => row.Models[model].Score >= Evaluation.Ceiling.Solved;
}
