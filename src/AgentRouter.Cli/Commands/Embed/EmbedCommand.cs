using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Embed.Eval;

namespace AgentRouter.Cli.Commands.Embed;

/// <summary><c>agentrouter embed</c>: models that make vectors of texts.</summary>
internal static class EmbedCommand
{
    /// <summary>Makes the command with its own commands.</summary>
    public static CliCommand Create(CliContext context)
    {
        var command = new CliCommand("embed", "Measures the models that make vectors of texts.");
        command.Add(EmbedEvalCommand.Create(context));
        return command;
    }
}
