using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Memory.Ask;
using AgentRouter.Cli.Commands.Memory.Embed;
using AgentRouter.Cli.Commands.Memory.Eval;
using AgentRouter.Cli.Commands.Memory.Export;
using AgentRouter.Cli.Commands.Memory.Forget;
using AgentRouter.Cli.Commands.Memory.Import;
using AgentRouter.Cli.Commands.Memory.Learn;
using AgentRouter.Cli.Commands.Memory.Paths;
using AgentRouter.Cli.Commands.Memory.Show;
using AgentRouter.Cli.Commands.Memory.Stats;
using AgentRouter.Cli.Commands.Memory.Train;

namespace AgentRouter.Cli.Commands.Memory;

/// <summary><c>agentrouter memory</c>: what agents remember. Each command has a folder beside this file.</summary>
internal static class MemoryCommand
{
    /// <summary>Makes the command with its own commands, in the order in which the help shows them.</summary>
    public static CliCommand Create(CliContext context)
    {
        var command = new CliCommand("memory", "Remembers documents and conversations as a graph, finds what answers a question, and forgets for good.")
        {
            Examples =
            [
                new Example("memory import docs/ chats/ --scope project:shop", "Remembers documents and conversations. Nothing leaves this machine."),
                new Example("memory ask \"Which port does the server use?\" --scope project:shop", "Finds what answers a question, with who said it and when."),
                new Example("memory show --scope project:shop", "What is remembered, at a glance."),
            ],
        };
        foreach (CliCommand child in Children(context))
            command.Add(child);
        return command;
    }

    private static IEnumerable<CliCommand> Children(CliContext context) =>
    [
        ImportCommand.Create(context),
        EmbedMemoryCommand.Create(context),
        LearnCommand.Create(context),
        AskCommand.Create(context),
        ShowCommand.Create(context),
        PathCommand.Create(context),
        ForgetCommand.Create(context),
        StatsCommand.Create(context),
        ExportCommand.Create(context),
        EvalCommand.Create(context),
        TrainCommand.Create(context),
    ];
}
