using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Policies.Boundary.Training;

/// <summary>How hard rows are, by the two boundary policies: easy ones the cheap model does, hard ones only the dear one, intractable ones neither.</summary>
/// <param name="Easy">The rows the cheap model does.</param>
/// <param name="Hard">The rows only the dear model does.</param>
/// <param name="Intractable">The rows neither does: the cheaper they fail, the better.</param>
internal sealed record Taxonomy(int Easy, int Hard, int Intractable)
{
    /// <summary>Sorts rows.</summary>
    public static Taxonomy Of(IReadOnlyList<OutcomeRow> rows, string cheap, string dear)
    {
        int easy = rows.Count(row => IsRight(row, cheap));
        int hard = rows.Count(row => !IsRight(row, cheap) && IsRight(row, dear));
        return new Taxonomy(easy, hard, rows.Count - easy - hard);
    }

    private static bool IsRight(OutcomeRow row, string model) => row.Models[model].Score >= Evaluation.Ceiling.Solved;
}
