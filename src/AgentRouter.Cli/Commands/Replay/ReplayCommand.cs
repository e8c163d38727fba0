using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;

namespace AgentRouter.Cli.Commands.Replay;

/// <summary><c>agentrouter replay RUN</c>.</summary>
internal static class ReplayCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Argument<string> run = SharedOptions.Run();
        var policy = new Option<string?>("--policy")
        {
            HelpName = "NAME|FILE",
            Description = "Instead: what another policy would have chosen at each step and what that was expected to cost. A policy's name, or a .json file that 'agentrouter route train' made.",
        };
        Option<string?> store = SharedOptions.Store();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("replay", "Does a run again, without models and tools, and tells whether everything comes as it is recorded. Spends and changes nothing.")
        {
            Examples =
            [
                new Example("replay last", "Are the decisions of the latest run still the same?"),
                new Example("replay last --policy always-large", "What another policy would have chosen."),
                new Example("replay last --policy trained.policy.json --json", "The same for a trained policy, for programs."),
            ],
            Notes =
            [
                "Exit code: 0 when all is as recorded, 2 when an event differs. With --policy the answers stay the recorded ones: whether the other models would have succeeded is not known, and costs are what the router expects, not what was billed.",
            ],
        };
        command.Add(run);
        foreach (Option option in (Option[])[policy, store, json])
            command.Add(option);
        command.SetAction((result, cancellationToken) => new ReplayHandler(context).ReplayAsync(
            new ReplayOptions
            {
                Run = result.GetRequiredValue(run),
                Policy = result.GetValue(policy),
                Store = result.GetValue(store),
                IsJson = result.GetValue(json),
            },
            cancellationToken));
        return command;
    }
}
