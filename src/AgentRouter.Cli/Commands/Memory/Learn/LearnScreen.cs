using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using AgentRouter.Memory.Ingestion.Extraction;
using AgentRouter.Pricing;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Learn;

/// <summary>What would be asked, and what came of it.</summary>
internal sealed class LearnScreen(IAnsiConsole console)
{
    private const int ShownProblems = 5;

    private readonly Screen _screen = new(console);

    /// <summary>Shows what would be asked.</summary>
    public void Plan(LearnOptions options, LearnPlan found)
    {
        ExtractionPlan plan = found.Plan;
        if (plan is { Batches: 0, NewFacts: 0 })
        {
            _screen.Line(new Paragraph($"Nothing is new: everything that {Untrusted.Line(options.Scope.ToString(), 200)} remembers was learned from."));
            return;
        }

        _screen.Fact("to ask", $"{Numbers.Of(plan.Batches, "batch", "batches")} of {Numbers.Of(plan.Episodes, "episode")}");
        if (plan.NewFacts > 0)
            _screen.Fact("to think about", Numbers.Of(plan.NewFacts, "new fact"));
        _screen.Fact("tokens", $"at most about {Numbers.Count(plan.InputTokens)} sent and {Numbers.Count(plan.OutputTokens)} answered");
        _screen.Fact("cost", found.MostUsd is { } most
            ? $"at most about {Numbers.Money(Money.FromUsd(most))} with the dearest model, each batch asked once; reflections on what is learned come on top"
            : "no model is configured, so no price is known");
        _screen.Fact("learn", LearnCommandLine.Of(options), Palette.Accent);
    }

    /// <summary>Shows what came of it.</summary>
    public void End(LearnOptions options, LearnReport report)
    {
        _screen.Line(new Paragraph($"{OutcomeText.SignOf(report.Outcome, _screen.Glyphs)} {OutcomeText.Of(report.Outcome)}", OutcomeText.StyleOf(report.Outcome))
            .Append("  " + Untrusted.Line(options.Scope.ToString(), 200), Palette.Strong));
        if (report.Reason is { Length: > 0 } reason)
            _screen.Fact("why", reason, Palette.Warning);
        _screen.Fact("calls", report.Models.Count == 0 ? "none" : string.Join(", ", report.Models.Select(model => $"{Untrusted.Line(model.Model, 60)} {Numbers.Count(model.Calls)}")));
        _screen.Fact("spent", Numbers.Money(Money.FromUsd(report.SpentUsd)) + (report.LimitUsd is { } limit ? $" of {Numbers.Limit(Money.FromUsd(limit))}" : ""));
        if (report.Learned is { } learned)
            Learned(learned);
        if (report.Outcome != RunOutcome.Succeeded || report.Learned is not { Left: 0 })
            _screen.Fact("go on", LearnCommandLine.Of(options), Palette.Accent);
    }

    private void Learned(ExtractionResult learned)
    {
        _screen.Fact("learned from", $"{Numbers.Of(learned.Episodes, "episode")} in {Numbers.Of(learned.Batches, "batch", "batches")}{(learned.Shortened > 0 ? $"; {Numbers.Of(learned.Shortened, "long episode")} in part" : "")}");
        _screen.Fact("facts", $"{Numbers.Count(learned.NewFacts)} new, {Numbers.Count(learned.Superseding)} of them in the place of older ones; {Numbers.Count(learned.Unchanged)} known before; {Numbers.Count(learned.Corrected)} no longer hold");
        _screen.Fact("concepts", Numbers.Count(learned.Concepts));
        _screen.Fact("reflections", Numbers.Count(learned.Reflections));
        foreach ((string reason, int count) in learned.Dropped)
            _screen.Fact("left out", $"{reason}: {Numbers.Count(count)}", Palette.Muted);
        foreach (LeftBatch problem in learned.Problems.Take(ShownProblems))
            _screen.Fact("not learned", $"{problem.Place}: {problem.Reason}", Palette.Warning);
        if (learned.Left > 0)
            _screen.Fact("left", $"{Numbers.Of(learned.Left, "call")} for the next time");
    }
}
