using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route.Agents;
using AgentRouter.Cli.Commands.Route.Calibrate;
using AgentRouter.Cli.Commands.Route.Caps;
using AgentRouter.Cli.Commands.Route.Ceiling;
using AgentRouter.Cli.Commands.Route.Eval;
using AgentRouter.Cli.Commands.Route.Stages;
using AgentRouter.Cli.Commands.Route.Steps;
using AgentRouter.Cli.Commands.Route.Stream;
using AgentRouter.Cli.Commands.Route.Switches;
using AgentRouter.Cli.Commands.Route.Train;
using AgentRouter.Cli.Commands.Route.Twin;

namespace AgentRouter.Cli.Commands.Route;

/// <summary><c>agentrouter route</c>: trains routing policies and measures them. Each command has a folder beside this file.</summary>
internal static class RouteCommand
{
    /// <summary>Makes the command with its own commands, in the order in which the help shows them.</summary>
    public static CliCommand Create(CliContext context)
    {
        var command = new CliCommand("route", "Trains routing policies on recorded outcomes and measures them beside hard baselines.");
        foreach (CliCommand child in Children(context))
            command.Add(child);
        return command;
    }

    private static IEnumerable<CliCommand> Children(CliContext context) =>
    [
        CalibrateCommand.Create(context),
        TrainCommand.Create(context),
        EvalCommand.Create(context),
        CapsCommand.Create(context),
        StreamCommand.Create(context),
        StagesCommand.Create(context),
        SwitchesCommand.Create(context),
        StepsCommand.Create(context),
        TwinCommand.Create(context),
        CeilingCommand.Create(context),
        AgentsCommand.Create(context),
    ];
}
