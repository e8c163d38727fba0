using AgentRouter.Cli.Commands.Accounts;
using AgentRouter.Cli.Commands.Answer;
using AgentRouter.Cli.Commands.Embed;
using AgentRouter.Cli.Commands.Fork;
using AgentRouter.Cli.Commands.Graph;
using AgentRouter.Cli.Commands.Init;
using AgentRouter.Cli.Commands.Memory;
using AgentRouter.Cli.Commands.Models;
using AgentRouter.Cli.Commands.Replay;
using AgentRouter.Cli.Commands.Resume;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Commands.Run;
using AgentRouter.Cli.Commands.Runs;
using AgentRouter.Cli.Commands.Skills;
using AgentRouter.Cli.Commands.Spend;
using AgentRouter.Cli.Commands.Tools;
using AgentRouter.Cli.Commands.Trace;
using AgentRouter.Cli.Commands.Validate;

namespace AgentRouter.Cli.CommandLine;

/// <summary>All commands, in the order in which the help shows them.</summary>
internal static class CommandList
{
    /// <summary>Makes the commands.</summary>
    /// <param name="context">The world.</param>
    public static IEnumerable<CliCommand> Create(CliContext context) =>
    [
        RunCommand.Create(context),
        ResumeCommand.Create(context),
        AnswerCommand.Create(context),
        ValidateCommand.Create(context),
        GraphCommand.Create(context),
        ModelsCommand.Create(context),
        RouteCommand.Create(context),
        SkillsCommand.Create(context),
        MemoryCommand.Create(context),
        EmbedCommand.Create(context),
        ToolsCommand.Create(context),
        RunsCommand.Create(context),
        TraceCommand.Create(context),
        ReplayCommand.Create(context),
        ForkCommand.Create(context),
        SpendCommand.Create(context),
        AccountsCommand.Create(context),
        InitCommand.Create(context),
    ];
}
