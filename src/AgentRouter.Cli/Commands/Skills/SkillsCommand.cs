using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Skills.Dupes;
using AgentRouter.Cli.Commands.Skills.Eval;
using AgentRouter.Cli.Commands.Skills.Index;
using AgentRouter.Cli.Commands.Skills.Lint;
using AgentRouter.Cli.Commands.Skills.Search;
using AgentRouter.Cli.Commands.Skills.Show;
using AgentRouter.Cli.Commands.Skills.Train;

namespace AgentRouter.Cli.Commands.Skills;

/// <summary><c>agentrouter skills</c>: libraries of skills. Each command has a folder beside this file.</summary>
internal static class SkillsCommand
{
    /// <summary>Makes the command with its own commands, in the order in which the help shows them.</summary>
    public static CliCommand Create(CliContext context)
    {
        var command = new CliCommand("skills", "Finds the right skill among tens of thousands, and keeps a library of them in order.");
        foreach (CliCommand child in Children(context))
            command.Add(child);
        return command;
    }

    private static IEnumerable<CliCommand> Children(CliContext context) =>
    [
        IndexCommand.Create(context),
        SearchCommand.Create(context),
        ShowCommand.Create(context),
        LintCommand.Create(context),
        DupesCommand.Create(context),
        EvalCommand.Create(context),
        TrainCommand.Create(context),
    ];
}
