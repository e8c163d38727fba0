using System.Globalization;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Boundary.Training;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Calibrate;

/// <summary>How a calibration goes on: a line for each task, and at the end whether there are enough rows.</summary>
internal sealed class CalibrateScreen(IAnsiConsole console, Money budget)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows a task that was run.</summary>
    public void Task(int number, int tasks, CalibratedTask task, Money spent)
    {
        var line = new Paragraph(string.Create(CultureInfo.InvariantCulture, $"  {number}/{tasks}  "), Palette.Muted).Append(Untrusted.Line(task.Id, 40), Palette.Strong);
        foreach ((string policy, bool succeeded, Money cost) in task.Runs)
            line.Append($"  {policy} {(succeeded ? _screen.Glyphs.Done : _screen.Glyphs.Failed)} {Numbers.Money(cost)}", succeeded ? Palette.Good : Palette.Warning);
        _screen.Line(line.Append($"  spent {Numbers.Money(spent)} of {Numbers.Limit(budget)}", Palette.Muted));
    }

    private static bool IsUnsolved(OutcomeRow row) => row.Models.Values.All(outcome => outcome.Score < Routing.Evaluation.Ceiling.Solved);

    /// <summary>Shows what was gathered and what to do now.</summary>
    public void End(IReadOnlyList<OutcomeRow> rows, string output, Money spent, bool isUsedUp)
    {
        _screen.Gap();
        if (isUsedUp)
            _screen.Line(new Paragraph($"  The budget of {Numbers.Limit(budget)} is used up; the run it broke off was left out. The same command with a new budget goes on.", Palette.Warning));
        int paired = rows.Count(row => row.Models.Count > 1);
        int tasks = rows.Select(row => row.Task).Distinct().Count();
        _screen.Fact("gathered", $"{Numbers.Of(rows.Count, "step")} of {Numbers.Of(tasks, "task")} in {Untrusted.Line(output, 200)}, {Numbers.Count(paired)} with both models; {Numbers.Money(spent)} spent");
        OutcomeRow[] both = [.. rows.Where(row => row.Models.Count > 1)];
        string[] unsolved = [.. both.GroupBy(row => row.Group).Where(group => group.All(IsUnsolved)).Select(group => group.Key)];
        if (unsolved.Length > 0)
            _screen.Fact("out of reach", $"No model has solved a step of {UnsolvedGroups.Names(unsolved)}: a policy cannot learn from them which model to take.", Palette.Warning);
        if (both.Length > 0 && Array.TrueForAll(both, IsUnsolved))
        {
            _screen.Fact("enough?", "No: no step was solved by any model, and more tasks like these would not help. Take tasks that the dear model can do.");
            return;
        }

        if (paired >= BoundaryTraining.LeastRows)
        {
            _screen.Fact("enough?", $"Yes. Now: agentrouter route train --from {Untrusted.Line(output, 200)} --out policy.json");
            return;
        }

        string more = tasks > 0 && paired > 0
            ? $" About {Numbers.Of((BoundaryTraining.LeastRows - paired) * tasks / paired + 1, "more task")} like these give them."
            : "";
        _screen.Fact("enough?", $"Not yet: {BoundaryTraining.LeastRows} steps with both models are needed; 400 come within 2 % of what more could give.{more}");
    }
}
