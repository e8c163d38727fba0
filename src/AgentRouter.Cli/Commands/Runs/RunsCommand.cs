using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Runs.Check;
using AgentRouter.Cli.Commands.Runs.Delete;
using AgentRouter.Cli.Commands.Runs.Export;
using AgentRouter.Cli.Commands.Runs.List;
using AgentRouter.Cli.Commands.Runs.Prune;
using AgentRouter.Cli.Commands.Runs.Show;

namespace AgentRouter.Cli.Commands.Runs;

/// <summary><c>agentrouter runs</c>: what can be done with recorded runs. Alone, it lists them. Each command has a folder beside this file.</summary>
internal static class RunsCommand
{
    /// <summary>Makes the command with its own commands, in the order in which the help shows them.</summary>
    public static CliCommand Create(CliContext context)
    {
        var command = new CliCommand("runs", "Lists the recorded runs, the latest first, and keeps them in order.")
        {
            Examples =
            [
                new Example("runs", "The latest runs with their outcomes and costs."),
                new Example("runs --outcome waiting", "The runs that wait for a person."),
                new Example("runs --store out/runs --limit 100", "More of them, from another folder."),
            ],
        };
        ListCommand.AddTo(command, context);
        foreach (CliCommand child in Children(context))
            command.Add(child);
        return command;
    }

    private static IEnumerable<CliCommand> Children(CliContext context) =>
    [
        ListCommand.Create(context),
        ShowCommand.Create(context),
        ExportCommand.Create(context),
        DeleteCommand.Create(context),
        PruneCommand.Create(context),
        CheckCommand.Create(context),
    ];
}
