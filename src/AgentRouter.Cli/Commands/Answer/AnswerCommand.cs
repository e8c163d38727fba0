using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;

namespace AgentRouter.Cli.Commands.Answer;

/// <summary><c>agentrouter answer RUN</c>.</summary>
internal static class AnswerCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Argument<string> run = SharedOptions.Run();
        var choice = new Option<string?>("--choice") { HelpName = "ANSWER", Description = "The answer: one of the choices, or any text where there are none. Without it, the open questions are listed." };
        var node = new Option<string?>("--node") { HelpName = "NODE", Description = "The node whose question it is, where several are open." };
        var noResume = new Option<bool>("--no-resume") { Description = "Only record the answer; 'agentrouter resume' goes on later." };
        Option<string?> store = SharedOptions.Store();
        Option<RunDurability?> durability = SharedOptions.Durability();
        var json = new Option<bool>("--json") { Description = "Print one JSON event a line, the new ones only, and a summary as the last line. So it is too when output is redirected." };
        var command = new CliCommand("answer", "Answers the question that a run waits for, and goes on with the run.")
        {
            Examples =
            [
                new Example("answer last", "What the latest run asks."),
                new Example("answer 20261122-1530 --choice yes", "Answer, and go on."),
                new Example("answer 20261122-1530 --node left/check --choice 'Only the title' --no-resume", "Answer one of several questions, and leave the run until later."),
            ],
            Notes = ["Questions come from human nodes, from budgets that end with 'ask', from tools that need approval, and from tool calls that may have happened before a process died. Exit codes are those of 'run'."],
        };
        command.Add(run);
        foreach (Option option in (Option[])[choice, node, noResume, store, durability, json])
            command.Add(option);
        command.SetAction((result, cancellationToken) => new AnswerHandler(context).AnswerAsync(
            new AnswerOptions
            {
                Run = result.GetRequiredValue(run),
                Choice = result.GetValue(choice),
                Node = result.GetValue(node),
                IsRecordedOnly = result.GetValue(noResume),
                Store = result.GetValue(store),
                Durability = result.GetValue(durability),
                IsJson = result.GetValue(json),
                IsVerbose = result.IsVerbose(),
            },
            cancellationToken));
        return command;
    }
}
