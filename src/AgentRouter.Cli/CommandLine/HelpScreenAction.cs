using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using AgentRouter.Cli.Terminals;
using Spectre.Console;

namespace AgentRouter.Cli.CommandLine;

/// <summary>The help of a command: what it does, what it takes, and command lines to copy.</summary>
internal sealed class HelpScreenAction(Terminal terminal) : SynchronousCommandLineAction
{
    private readonly IAnsiConsole _console = terminal.Output;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Command command = parseResult.CommandResult.Command;
        bool isRoot = command is RootCommand;
        Line(new Paragraph(Usage(command), Palette.Strong));
        _console.WriteLine();
        _console.Write(new Hanging(2, new Text(command.Description ?? "")));
        Rows("Commands", command.Subcommands.Select(sub => (sub.Name, sub.Description)));
        Rows("Arguments", command.Arguments.Where(argument => !argument.Hidden).Select(argument => (argument.HelpName ?? argument.Name, argument.Description)));
        IEnumerable<Option> options = command.Options;
        if (!isRoot)
            options = options.Concat(parseResult.RootCommandResult.Command.Options.Where(option => option.Recursive && option is not VersionOption));
        Rows("Options", options.Where(option => !option.Hidden).DistinctBy(option => option.Name).Select(option => (Label(option), option.Description)));
        if (command is CliCommand cli)
        {
            foreach (string note in cli.Notes)
            {
                _console.WriteLine();
                _console.Write(new Hanging(2, new Text(note, Palette.Muted)));
            }

            Examples(cli.Examples);
        }
        else if (isRoot)
        {
            Examples(command.Subcommands.OfType<CliCommand>().SelectMany(sub => sub.Examples.Take(1)));
            _console.WriteLine();
            _console.Write(new Hanging(2, new Text($"{AgentRouterCommand.Name} COMMAND --help shows the options of a command.", Palette.Muted)));
        }

        return ExitCodes.Succeeded;
    }

    private static string Usage(Command command)
    {
        if (command is RootCommand)
            return AgentRouterCommand.Name + " COMMAND [options]";
        IEnumerable<string> arguments = command.Arguments.Select(argument =>
        {
            string name = (argument.HelpName ?? argument.Name) + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");
            return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
        });
        string own = command.Subcommands.Count > 0 ? "COMMAND" : string.Join(' ', arguments);
        return string.Join(' ', ((string[])[AgentRouterCommand.PathOf(command), own, "[options]"]).Where(part => part.Length > 0));
    }

    private static string Label(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(alias => alias is "-h" or "-i").Append(option.Name));
        return option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) || option is HelpOption or VersionOption
            ? names
            : names + " " + (option.HelpName ?? "VALUE");
    }

    private void Rows(string title, IEnumerable<(string Name, string? Text)> rows)
    {
        (string Name, string? Text)[] all = [.. rows];
        if (all.Length == 0)
            return;
        Title(title);
        int margin = Math.Max(18, all.Max(row => row.Name.Length) + 4);
        foreach ((string name, string? text) in all)
            _console.Write(new Hanging("  " + name, Palette.Accent, margin, new Text(text ?? "")));
    }

    private void Examples(IEnumerable<Example> examples)
    {
        Example[] all = [.. examples];
        if (all.Length == 0)
            return;
        Title("Examples");
        foreach (Example example in all)
        {
            _console.Write(new Hanging(2, new Text(AgentRouterCommand.Name + " " + example.Line, Palette.Accent)));
            _console.Write(new Hanging(6, new Text(example.Text)));
        }
    }

    private void Title(string title)
    {
        _console.WriteLine();
        Line(new Paragraph(title, Palette.Strong));
    }

    private void Line(Paragraph paragraph)
    {
        _console.Write(paragraph);
        _console.WriteLine();
    }
}
