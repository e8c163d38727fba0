using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Models;
using AgentRouter.Pricing;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Embed;

/// <summary>What was embedded of a memory.</summary>
internal sealed class EmbedMemoryScreen(IAnsiConsole console)
{
    private const int MostText = 600;
    private readonly Screen _screen = new(console);

    /// <summary>Shows it.</summary>
    public void Show(EmbeddingOutcome outcome, EmbeddingProfile profile, Money spent)
    {
        string cost = profile.IsPaid ? $" for {Numbers.Money(spent)}" : "";
        _screen.Line(new Paragraph($"Embedded {Numbers.Of(outcome.Embedded, "text")} with '{profile.Name}'{cost}; {Numbers.Count(outcome.Known)} had a vector already."));
        if (outcome.Left is { } left)
            _screen.Indented(0, $"Not all fit: {Untrusted.Line(left, MostText)} The same command goes on where this one ended.", Palette.Warning);
    }
}
