using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;

namespace AgentRouter.Cli.Commands.Resume;

/// <summary><c>agentrouter resume RUN</c>.</summary>
internal static class ResumeCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Argument<string> run = SharedOptions.Run();
        Option<string?> store = SharedOptions.Store();
        Option<RunDurability?> durability = SharedOptions.Durability();
        var json = new Option<bool>("--json") { Description = "Print one JSON event a line, the new ones only, and a summary as the last line. So it is too when output is redirected." };
        var command = new CliCommand("resume", "Goes on with a run that was stopped, waits for a person, or whose process ended. What was answered is not paid again.")
        {
            Examples =
            [
                new Example("resume last", "The latest run."),
                new Example("resume 20261122-1530 --json | tail -n 1", "The summary alone, for programs."),
            ],
            Notes =
            [
                "The run goes on with its workflow, policy and budget. Where a file of it does something else by now, the work ends, says at which event, and leaves the record as it was. "
                + "Exit codes are those of 'run'.",
            ],
        };
        command.Add(run);
        command.Add(store);
        command.Add(durability);
        command.Add(json);
        command.SetAction((result, cancellationToken) => new ResumeHandler(context).ResumeAsync(
            new ResumeOptions
            {
                Run = result.GetRequiredValue(run),
                Store = result.GetValue(store),
                Durability = result.GetValue(durability),
                IsJson = result.GetValue(json),
                IsVerbose = result.IsVerbose(),
            },
            cancellationToken));
        return command;
    }
}
