using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Runs.Show;

/// <summary>How a run stands, on one screen.</summary>
internal sealed class ShowScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="questions">The questions that it waits for an answer to.</param>
    /// <param name="folder">The folder of its files, or <see langword="null"/> without one.</param>
    /// <param name="commands">The command lines that go on with it.</param>
    public void Show(RunSummary run, IReadOnlyList<RunQuestion> questions, string? folder, RunCommandLines commands)
    {
        Style style = RunStateText.StyleOf(run);
        _screen.Line(new Paragraph(run.RunId, Palette.Strong)
            .Append("  " + Untrusted.Line(run.Workflow ?? _screen.Glyphs.Missing, 60))
            .Append($"  {RunStateText.SignOf(run, _screen.Glyphs)} {RunStateText.Of(run)}", style));
        if (run.Reason is { Length: > 0 } reason)
            _screen.Fact("reason", reason, style);
        if (run is { Outcome: null, Owner: { } owner })
            _screen.Fact("works in", owner);
        else if (run.Outcome is null)
            _screen.Fact("end", "None: no process works on the run any more.", Palette.Warning);
        if (run.Started is { } started)
            _screen.Fact("began", Numbers.Moment(started) + " UTC");
        if (run.Updated is { } updated)
            _screen.Fact("last event", Numbers.Moment(updated) + " UTC");
        string limit = run.BudgetUsd is { } budget ? " of " + Numbers.Limit(budget) : "";
        _screen.Fact("spent", $"{Numbers.Money(run.Spent)}{limit} in {Numbers.Of(run.Calls, "call")}");
        if (folder is not null)
            _screen.Fact("files", folder);
        _screen.Fact("trace", commands.Trace);
        if (run.Owner is not null)
            return;
        if (run.Outcome == RunOutcome.Waiting && questions.Count > 0)
            QuestionLines.Show(_screen, questions, commands);
        else if (run.Outcome is null or RunOutcome.Waiting or RunOutcome.Cancelled)
            _screen.Fact("go on", commands.Resume, Palette.Accent);
    }
}
