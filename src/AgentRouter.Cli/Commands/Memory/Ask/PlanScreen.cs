using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Pricing;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Ask;

/// <summary>How a question was worked on: the summary where there is one, the effort of each part with its reason, and what it cost.</summary>
internal sealed class PlanScreen(IAnsiConsole console)
{
    private const int MostText = 4_000;
    private readonly Screen _screen = new(console);

    /// <summary>Shows it.</summary>
    /// <param name="answer">What was found, and how.</param>
    /// <param name="spent">What it cost.</param>
    public void Show(AssistedRecallResult answer, Money spent)
    {
        if (answer.Summary is { } summary)
        {
            _screen.Title("Summary");
            _screen.Indented(2, Untrusted.Line(summary.Text, MostText), Palette.Plain);
        }

        _screen.Title("Effort", spent == Money.Zero ? "nothing spent" : $"{Numbers.Money(spent)} spent");
        foreach (PlannedModule part in answer.Plan.Modules)
            _screen.Fact(part.Module.ToString().ToLowerInvariant(), $"{Word(part.Effort)}: {part.Reason}{(part.Shortfall is { } shortfall ? $"; planned {Word(part.Planned)}, but {shortfall}" : "")}");
        if (answer.Recall.EmbeddingProblem is { } problem)
            _screen.Indented(2, Untrusted.Line(problem, MostText), Palette.Warning);
    }

    private static string Word(RecallEffort effort) => effort.ToString().ToLowerInvariant();
}
