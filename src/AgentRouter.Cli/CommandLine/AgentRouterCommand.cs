using System.CommandLine;
using System.CommandLine.Help;

namespace AgentRouter.Cli.CommandLine;

/// <summary>The whole command line: all commands, and how they are called and answered.</summary>
internal static class AgentRouterCommand
{
    /// <summary>The program's name.</summary>
    public const string Name = "agentrouter";

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="context">The world.</param>
    /// <param name="cancellationToken">Cancels the command in order: a run ends as cancelled.</param>
    /// <returns>The exit code; nothing is thrown.</returns>
    public static async Task<int> InvokeAsync(IReadOnlyList<string> arguments, CliContext context, CancellationToken cancellationToken)
    {
        RootCommand root = Create(context);
        ParseResult result = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var errors = new ErrorScreen(context, result.IsVerbose());
        if (result.Action is not HelpScreenAction && UsageProblem.Of(result) is { } problem)
        {
            errors.Show(problem);
            return ExitCodes.Usage;
        }

        try
        {
            var invocation = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = context.Terminal.Lines,
            };
            return await result.InvokeAsync(invocation, cancellationToken);
        }
        catch (Exception exception)
        {
            return errors.Show(exception);
        }
    }

    /// <summary>Writes how a command is called, with the commands it belongs to.</summary>
    public static string PathOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
        ? $"{PathOf(parent)} {command.Name}"
        : Name;

    private static RootCommand Create(CliContext context)
    {
        var root = new RootCommand("Agent workflows in which every LLM call goes to the cheapest model that will still finish the task, under a budget that cannot be overspent.")
        {
            GlobalOptions.CreateVerbose(),
        };
        foreach (CliCommand command in CommandList.Create(context))
            root.Add(command);
        foreach (Option option in root.Options)
        {
            if (option is HelpOption help)
                help.Action = new HelpScreenAction(context.Terminal);
            else if (option is VersionOption version)
                version.Action = new VersionAction(context.Terminal.Lines);
        }

        ShowHelpAlone(root, context);
        return root;
    }

    // a command that only groups others does something when it is called alone: it tells which there are
    private static void ShowHelpAlone(Command command, CliContext context)
    {
        if (command.Subcommands.Count > 0 && command.Action is null)
            command.SetAction(result => new HelpScreenAction(context.Terminal).Invoke(result));
        foreach (Command child in command.Subcommands)
            ShowHelpAlone(child, context);
    }
}
