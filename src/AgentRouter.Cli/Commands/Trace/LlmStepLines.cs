using System.Globalization;
using AgentRouter.Budgets;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using AgentRouter.Pricing;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Trace;

/// <summary>Shows one LLM call of a trace: the choice and its reason, all candidates, each attempt, and the money.</summary>
internal sealed class LlmStepLines(IAnsiConsole console)
{
    private const int Deep = 6;
    private readonly Screen _screen = new(console);

    /// <summary>Shows a step.</summary>
    /// <param name="step">The step.</param>
    public void Show(LlmStep step)
    {
        if (step.Events.OfType<StepRouted>().FirstOrDefault() is { } routed)
        {
            Decision(step, routed);
            Candidates(routed);
        }
        else
        {
            _screen.Line(new Paragraph(TraceMargin.Of(step), Palette.Muted).Append(TraceMargin.Step(step.Number), Palette.Muted));
        }

        foreach (RunEvent runEvent in step.Events)
            Attempt(runEvent);
    }

    private void Decision(LlmStep step, StepRouted routed)
    {
        string number = TraceMargin.Step(step.Number);
        string who = routed.Agent is null ? "" : Untrusted.Line(routed.Agent, 24) + " asks ";
        string head = $"{who}{Untrusted.Line(routed.Model, 40)} ({Untrusted.Line(routed.Tier, 16)})";
        int left = Math.Max(1, _screen.Width - Deep - number.Length - head.Length - 3);
        _screen.Line(new Paragraph(TraceMargin.Of(step), Palette.Muted).Append(number, Palette.Muted).Append(head, Palette.Strong)
            .Append("  " + Untrusted.Line(routed.Reason, left), Palette.Accent));
    }

    private void Candidates(StepRouted routed)
    {
        int name = routed.Candidates.Select(candidate => Untrusted.Line(candidate.Model, 40).Length).DefaultIfEmpty(0).Max();
        foreach (CandidateSummary candidate in routed.Candidates)
        {
            bool chosen = candidate.Model == routed.Model;
            List<string> facts = [$"expected {Numbers.Money(candidate.ExpectedCost)}"];
            if (candidate.ExpectedCachedTokens > 0)
                facts.Add($"{Numbers.Count(candidate.ExpectedCachedTokens)} cached (fresh {Numbers.Money(candidate.ExpectedFreshCost)})");
            if (candidate.PredictedSuccess is { } success)
                facts.Add("success " + Numbers.Percent((decimal)Math.Clamp(success, 0, 1)));
            if (candidate.Gate is { } gate)
                facts.Add("cannot: " + gate);
            string sign = chosen ? _screen.Glyphs.Arrow.PadRight(2) : "  ";
            string line = $"{sign} {Untrusted.Line(candidate.Model, 40).PadRight(name)}  {string.Join(", ", facts)}";
            _screen.Line(new Paragraph(new string(' ', Deep)).Append(Untrusted.Clip(line, _screen.Width - Deep - 1), chosen ? Palette.Plain : Palette.Muted));
        }
    }

    private void Attempt(RunEvent runEvent)
    {
        string dot = $" {_screen.Glyphs.Dot} ";
        switch (runEvent)
        {
            case BudgetReserved reserved:
                Note($"held {Numbers.Money(reserved.Held.Usd)} at worst{dot}before: {Spent(reserved.Before)}", Palette.Muted);
                break;
            case CallSent { Attempt: > 1 } sent:
                Note($"attempt {sent.Attempt.ToString(CultureInfo.InvariantCulture)}: {sent.Model}", Palette.Warning);
                break;
            case CallAnswered answered:
                Note(string.Join(dot, [.. Tokens(answered.Usage), Numbers.Duration(answered.Latency), .. answered.FinishReason is { } reason ? [reason] : Array.Empty<string>()]), Palette.Muted);
                if (answered.Text is { Length: > 0 } text)
                    Note(Untrusted.Line(text, 400), Palette.Plain);
                break;
            case CallFailed failed:
                Note($"failed ({failed.Failure}): {failed.Message}{dot}{failed.Next}", Palette.Bad);
                break;
            case BudgetSettled settled:
                Note($"booked {Numbers.Money(settled.Booked.Usd)}{(settled.InFull ? " in full, its usage is unknown" : "")}{dot}after: {Spent(settled.After)}", Palette.Plain);
                break;
            case CallInDoubt doubt:
                Note($"in doubt: the process ended before {doubt.Model} had answered, so the call counts as spent in full", Palette.Warning);
                break;
            case BudgetDegraded degraded:
                Note($"{degraded.From} does not fit: {degraded.Reason}{dot}{degraded.To} takes the step", Palette.Warning);
                break;
            case BudgetRefused refused:
                Note("refused: " + refused.Refusal, Palette.Bad);
                break;
            case BudgetOverrun overrun:
                Note($"{overrun.Model} billed {Numbers.Money(overrun.Booked.Usd)}, more than the {Numbers.Money(overrun.Held.Usd)} it was allowed", Palette.Bad);
                break;
        }
    }

    private static List<string> Tokens(TokenUsage? usage)
    {
        if (usage is not { } tokens)
            return ["tokens not reported"];
        List<string> facts = [$"{Numbers.Count(tokens.Input)} in"];
        if (tokens.CachedRead > 0)
            facts.Add($"{Numbers.Count(tokens.CachedRead)} cached");
        if (tokens.CacheWrite > 0)
            facts.Add($"{Numbers.Count(tokens.CacheWrite)} written");
        facts.Add($"{Numbers.Count(tokens.Output)} out");
        return facts;
    }

    private static string Spent(BudgetSnapshot budget)
    {
        string held = budget.Reserved.Usd > Money.Zero ? $", {Numbers.Money(budget.Reserved.Usd)} held" : "";
        string left = budget.RemainingUsd is { } remaining ? $", {Numbers.Money(remaining)} left" : "";
        return $"{Numbers.Money(budget.Spent.Usd)} spent{held}{left}";
    }

    private void Note(string text, Style style) =>
        _screen.Indented(Deep + 3, Untrusted.Line(text, 1_000), style);
}
