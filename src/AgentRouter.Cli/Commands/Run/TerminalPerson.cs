using AgentRouter.Cli.Commands.Run.Views;
using AgentRouter.Cli.Terminals;
using AgentRouter.Workflows.Engine;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Run;

/// <summary>Asks the person at the terminal; the live view waits meanwhile.</summary>
internal sealed class TerminalPerson(IAnsiConsole console, IRunView view) : IPersonChannel
{
    /// <inheritdoc/>
    public async ValueTask<string?> AskAsync(PersonQuestion question, CancellationToken cancellationToken = default) =>
        await view.PauseAsync(() => PromptAsync(question, cancellationToken));

    private Task<string> PromptAsync(PersonQuestion question, CancellationToken cancellationToken)
    {
        console.Write(new Paragraph(Untrusted.Line(question.Node, 80), Palette.Strong).Append(" asks\n", Palette.Muted));
        string title = Markup.Escape(Untrusted.Block(question.Text));
        if (question.Choices.Count == 0)
        {
            TextPrompt<string> text = new TextPrompt<string>(title).AllowEmpty();
            if (question.Default is { } standard)
                text.DefaultValue(standard);
            return text.ShowAsync(console, cancellationToken);
        }

        // the default stands first, where the cursor is
        IEnumerable<string> choices = question.Choices.OrderByDescending(choice => choice == question.Default);
        SelectionPrompt<string> selection = new SelectionPrompt<string> { Title = title, Converter = choice => Markup.Escape(Untrusted.Line(choice)) };
        return selection.AddChoices(choices).ShowAsync(console, cancellationToken);
    }
}
