using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Memory;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Forget;

/// <summary>What is forgotten: said before, asked, and said after.</summary>
internal sealed class ForgetScreen(IAnsiConsole console)
{
    private const int Listed = 8;
    private readonly Screen _screen = new(console);

    /// <summary>Shows the nodes that would be erased.</summary>
    public void Show(MemoryScope scope, IReadOnlyList<MemoryNode> nodes)
    {
        string kinds = string.Join(", ", nodes.CountBy(node => node.Kind).OrderBy(each => each.Key).Select(each => Numbers.Of(each.Value, GraphWords.Of(each.Key))));
        _screen.Line(new Paragraph($"To be erased from {scope}: {kinds}, and what stands on them alone.", Palette.Strong));
        foreach (MemoryNode node in nodes.Take(Listed))
            _screen.Write(new Hanging(2, NodeLine.Of(node, _screen.Glyphs)));
        if (nodes.Count > Listed)
            _screen.Indented(2, $"{_screen.Glyphs.Cut} {Numbers.Count(nodes.Count - Listed)} more", Palette.Muted);
    }

    /// <summary>Shows a scope that would be erased.</summary>
    public void ShowAll(MemoryScope scope, MemoryStatistics? statistics) => _screen.Line(new Paragraph(
        $"To be erased: everything that {scope} remembers, {Numbers.Of(statistics?.Nodes.Values.Sum() ?? 0, "node")} of {Numbers.Of(statistics?.Nodes.GetValueOrDefault(MemoryNodeKind.Source) ?? 0, "source")}.", Palette.Strong));

    /// <summary>Asks whether to go on.</summary>
    /// <param name="canAsk">Whether a person is there to answer.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <exception cref="UsageException">Nobody is there.</exception>
    public async Task<bool> AskAsync(bool canAsk, CancellationToken cancellationToken)
    {
        if (!canAsk)
            throw new UsageException("Nothing was erased: nobody is there to be asked. Say --yes to erase it.");
        bool agreed = await new ConfirmationPrompt("Erase it for good?") { DefaultValue = false }.ShowAsync(console, cancellationToken);
        if (!agreed)
            _screen.Line(new Paragraph("Nothing was erased."));
        return agreed;
    }

    /// <summary>Says what was erased.</summary>
    /// <param name="all">How many nodes.</param>
    /// <param name="besides">How many of them went with the others.</param>
    /// <param name="hasSource">Whether a whole source is among them.</param>
    public void ShowErased(int all, int besides, bool hasSource)
    {
        _screen.Line(new Paragraph(
            $"Erased {Numbers.Of(all, "node")}{(besides > 0 ? $", {Numbers.Count(besides)} of them because they stood on the others alone" : "")}. Nothing of their text is left in the store."));
        if (hasSource)
            _screen.Indented(0, "A source that was erased as a whole comes back when its file is imported again: delete it there too.", Palette.Muted);
    }

    /// <summary>Says that a scope was erased.</summary>
    public void ShowErased(MemoryScope scope) => _screen.Line(new Paragraph($"Erased {scope}: nothing of it is left in the store."));
}
