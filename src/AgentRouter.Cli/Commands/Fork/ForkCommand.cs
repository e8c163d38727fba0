using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;

namespace AgentRouter.Cli.Commands.Fork;

/// <summary><c>agentrouter fork RUN --at EVENT</c>.</summary>
internal static class ForkCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Argument<string> run = SharedOptions.Run();
        var at = new Option<long>("--at") { HelpName = "EVENT", Description = "The number of the last event that the new run shares; 'agentrouter trace' has the numbers at the left.", Required = true };
        var set = new Option<string[]>("--set")
        {
            HelpName = "NAME=VALUE",
            Description = "Change an input (inputs.NAME) or what a node gave (the node's name or path) in the shared part; repeat it for more. Values of nodes are JSON; what is not JSON is text.",
            DefaultValueFactory = _ => [],
        };
        var noResume = new Option<bool>("--no-resume") { Description = "Only make the new run; 'agentrouter resume' goes on later." };
        Option<string?> store = SharedOptions.Store();
        Option<RunDurability?> durability = SharedOptions.Durability();
        var json = new Option<bool>("--json") { Description = "Print one JSON event a line, the new ones only, and a summary as the last line. So it is too when output is redirected." };
        var command = new CliCommand("fork", "Starts a new run from a point of an old one. What they share is not paid again, and counts in the new run's budget as it did in the old one's.")
        {
            Examples =
            [
                new Example("fork last --at 42", "Go on from event 42 as if nothing had happened since."),
                new Example("fork last --at 42 --set plan='Repair the rounding only.'", "Go on with another plan."),
                new Example("fork 20261122-1530 --at 2 --set inputs.issue='Totals are wrong' --no-resume", "The same run with another input, to be gone on with later."),
            ],
            Notes =
            [
                "A workspace is copied as its files are now, not as they were at that event: a run keeps what was decided and answered, not old versions of files.",
                "Answers that were given before the event stay as they are, also where an input is changed.",
            ],
        };
        command.Add(run);
        foreach (Option option in (Option[])[at, set, noResume, store, durability, json])
            command.Add(option);
        command.SetAction((result, cancellationToken) => new ForkHandler(context).ForkAsync(
            new ForkOptions
            {
                Run = result.GetRequiredValue(run),
                At = result.GetValue(at),
                Set = result.GetValue(set) ?? [],
                IsMadeOnly = result.GetValue(noResume),
                Store = result.GetValue(store),
                Durability = result.GetValue(durability),
                IsJson = result.GetValue(json),
                IsVerbose = result.IsVerbose(),
            },
            cancellationToken));
        return command;
    }
}
