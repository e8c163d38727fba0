using AgentRouter.Cli.Commands.Tools.Bench.Measuring;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Tools.Bench;

/// <summary>What the systems made of one scenario, call by call.</summary>
internal sealed class ScenarioScreen(IAnsiConsole console)
{
    private readonly Screen _screen = new(console);

    /// <summary>Shows the scenario.</summary>
    public void Show(ScenarioReport scenario)
    {
        _screen.Line(new Paragraph(scenario.Id, Palette.Strong).Append("  " + scenario.Title));
        _screen.Fact("task", scenario.Task);
        _screen.Fact("fails", scenario.Faults.Count == 0 ? "nothing" : string.Join(", ", scenario.Faults.Select(TextOf)));
        _screen.Fact("right", scenario.End.Why);
        foreach (string effect in scenario.End.Effects)
            _screen.Fact("", $"{_screen.Glyphs.Dot} {effect}", Palette.Muted);
        foreach (SystemReport run in scenario.Systems)
            Show(run);
    }

    private void Show(SystemReport run)
    {
        Glyphs glyphs = _screen.Glyphs;
        _screen.Gap();
        _screen.Line(new Paragraph(run.System, Palette.Strong)
            .Append("  " + BenchScreen.WordOf(run.Outcome), BenchScreen.StyleOf(run.Outcome))
            .Append($"  {Numbers.Of(run.LlmCalls, "LLM call")}, {Numbers.Of(run.ToolCalls, "tool call")}", Palette.Muted));
        _screen.Fact("path", string.Join($" {glyphs.Arrow} ", run.Calls.Select(call => call.Failure is null ? call.Service : $"{call.Service} {glyphs.Failed}")));
        string label = "events";
        foreach (string text in run.Events.Select(TextOf))
        {
            _screen.Fact(label, text);
            label = "";
        }

        label = "effects";
        foreach (LogEntry entry in run.Log.Where(entry => entry.IsEffect))
        {
            _screen.Fact(label, $"{entry.What} ({entry.Service})");
            label = "";
        }

        if (label.Length > 0)
            _screen.Fact(label, "none");
        _screen.Fact("claims", $"{run.Claim.ToString().ToLowerInvariant()}: {run.Answer}");
        foreach (string problem in run.Verdict.Problems)
            _screen.Fact("oracle", problem, Palette.Bad);
    }

    private static string TextOf(ServiceFault fault) => fault.After is null ? fault.Service : $"{fault.Service} once {fault.After} was called";

    private string TextOf(RunEvent happened) => happened switch
    {
        ToolPathPlanned planned => $"planned: {PathOf(planned.Path)}",
        ToolRerouted rerouted => $"rerouted after {rerouted.Tool} ({rerouted.Failure}): {PathOf(rerouted.Path)}",
        GoalDemoted demoted => $"demoted to '{demoted.Lesser}': {PathOf(demoted.Path)}",
        GoalEscalated escalated => $"escalated to {escalated.To}: {escalated.Reason}",
        EscalationDecided decided => $"{decided.By} decided {decided.Decision}: {decided.Reason}",
        ToolInterrupted interrupted => $"{interrupted.Monitor} stopped {interrupted.Tool}: {interrupted.Message}",
        ToolDoubtSettled settled => $"{settled.Tool}: {settled.Verdict} by {settled.By}",
        ToolUndone undone => $"{undone.Tool} undone by {undone.By ?? "nobody"}",
        _ => happened.GetType().Name,
    };

    private string PathOf(IReadOnlyList<string> path) => path.Count == 0 ? "what is under way" : string.Join($" {_screen.Glyphs.Arrow} ", path);
}
