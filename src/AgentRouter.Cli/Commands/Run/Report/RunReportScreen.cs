using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using AgentRouter.Pricing;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Run.Report;

/// <summary>What a person sees when a run has ended.</summary>
internal sealed class RunReportScreen(IAnsiConsole console)
{
    private const int MostAnswerLines = 24;
    private const int MostDiffLines = 120;
    private const int BarWidth = 20;
    private readonly Screen _screen = new(console);

    /// <summary>Shows a run.</summary>
    /// <param name="run">The run.</param>
    public void Show(FinishedRun run)
    {
        Headline(run);
        // a run that goes on warns again of what is still so
        foreach (RunWarning warning in run.Report.Warnings.DistinctBy(warning => warning.Message))
            _screen.Fact("note", Untrusted.Line(warning.Message, 500), Palette.Warning);
        if (run.Report.Steps.Count > 0)
        {
            _screen.Title("Steps");
            _screen.Write(StepTable.Create(run.Report, _screen.Glyphs));
        }

        Cost(run);
        if (run.Answer is { Length: > 0 } answer)
        {
            _screen.Title(run.Outcome == RunOutcome.BudgetExceeded ? "Last answer" : "Answer");
            _screen.Block(answer, MostAnswerLines, "");
        }

        Changes(run);
        Places(run);
        QuestionLines.Show(_screen, run.Questions, run.Commands);
        if (run.GoesOn && run.Questions.Count == 0)
            _screen.Fact("go on", run.Commands.Resume, Palette.Accent);
    }

    private void Headline(FinishedRun run)
    {
        Glyphs glyphs = _screen.Glyphs;
        _screen.Line(new Paragraph($"{OutcomeText.SignOf(run.Outcome, glyphs)} {OutcomeText.Of(run.Outcome)}", OutcomeText.StyleOf(run.Outcome))
            .Append("  " + Untrusted.Line(run.Workflow, 60), Palette.Strong));
        string facts = string.Join($" {glyphs.Dot} ", (string[])[run.RunId, Numbers.Duration(run.Duration), $"policy {run.Policy}", .. run.IsScripted ? ["scripted models"] : Array.Empty<string>()]);
        _screen.Line(new Paragraph("  " + Untrusted.Line(facts), Palette.Muted));
        if (run.Reason is { Length: > 0 } reason)
            _screen.Fact("why", reason, run.Outcome == RunOutcome.Succeeded ? Palette.Plain : Palette.Warning);
    }

    private void Cost(FinishedRun run)
    {
        _screen.Title("Cost");
        Money spent = run.Budget.Spent.Usd;
        var line = new Paragraph(Numbers.Money(spent), Palette.Strong);
        if (run.Budget.LimitUsd is { } limit)
        {
            line.Append($" of {Numbers.Limit(limit)}  ").AppendBudgetBar(run.Budget, BarWidth, _screen.Glyphs);
            if (limit > Money.Zero)
                line.Append(" " + Numbers.Percent(spent.Picodollars / (decimal)limit.Picodollars), Palette.Muted);
        }

        _screen.Fact("this run", line);
        Money large = run.Report.AlwaysLargeCost;
        if (large > Money.Zero && run.LargestModel is { } model)
        {
            var compared = new Paragraph(Numbers.Money(large)).Append($"  the same tokens at the prices of {Untrusted.Line(model, 40)}", Palette.Muted);
            if (spent < large)
                compared.Append("; this run cost ", Palette.Muted).Append(Numbers.Percent(spent.Picodollars / (decimal)large.Picodollars), Palette.Good).Append(" of it", Palette.Muted);
            _screen.Fact("always large", compared);
        }
    }

    private void Changes(FinishedRun run)
    {
        if (run.Changes is null)
            return;
        if (run.Changes.Count == 0)
        {
            _screen.Title("Changes", "none");
            return;
        }

        int added = run.Changes.Sum(change => change.Added), removed = run.Changes.Sum(change => change.Removed);
        _screen.Title("Changes", $"{Numbers.Of(run.Changes.Count, "file")}, +{Numbers.Count(added)} -{Numbers.Count(removed)}");
        DiffScreen.Show(_screen, run.Changes, MostDiffLines);
    }

    private void Places(FinishedRun run)
    {
        _screen.Gap();
        if (run.ResultFolder is { } result)
            _screen.Fact("result", result);
        if (run.BackupFolder is { } backup)
            _screen.Fact("backup", backup);
        if (run.RecordFile is { } record)
            _screen.Fact("record", record);
        if (run.RecordFile is not null)
            _screen.Fact("trace", run.Commands.Trace);
    }
}
