using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Tools.Bench;
using AgentRouter.Cli.Commands.Tools.Graph;

namespace AgentRouter.Cli.Commands.Tools;

/// <summary><c>agentrouter tools</c>: tools that heal. Each command has a folder beside this file.</summary>
internal static class ToolsCommand
{
    /// <summary>Makes the command with its own commands, in the order in which the help shows them.</summary>
    public static CliCommand Create(CliContext context)
    {
        var command = new CliCommand("tools", "Shows how tools heal: what is done when one of them fails in the middle of a task.");
        foreach (CliCommand child in Children(context))
            command.Add(child);
        return command;
    }

    private static IEnumerable<CliCommand> Children(CliContext context) =>
    [
        ToolGraphCommand.Create(context),
        BenchCommand.Create(context),
    ];
}
