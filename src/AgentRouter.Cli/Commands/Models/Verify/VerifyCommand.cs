using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Onnx.Pulling;

namespace AgentRouter.Cli.Commands.Models.Verify;

/// <summary><c>agentrouter models verify FOLDER</c>.</summary>
internal static class VerifyCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder of a model that was pulled." };
        var locked = new Option<string?>("--lock") { HelpName = "FILE", Description = $"The lock. By default {ModelLock.FileName} in the folder." };
        var command = new CliCommand("verify", "Checks a model's files against its lock. No hub is asked.")
        {
            Examples = [new Example("models verify models/all-MiniLM-L6-v2", "Whether every byte is still the one that was pulled.")],
            Notes = ["Exit code: 0 when all are as locked, 2 when a file is missing or another one."],
        };
        command.Add(folder);
        command.Add(locked);
        command.SetAction((result, cancellationToken) =>
            VerifyAsync(context, context.Resolve(result.GetRequiredValue(folder)), result.GetValue(locked) is { } file ? context.Resolve(file) : null, cancellationToken));
        return command;
    }

    private static async Task<int> VerifyAsync(CliContext context, string folder, string? lockFile, CancellationToken cancellationToken)
    {
        (ModelLock locked, IReadOnlyList<string> wrong) = await ModelVerification.CheckAsync(folder, lockFile, cancellationToken);
        var screen = new Screen(context.Terminal.Output);
        screen.Fact("model", $"{locked.Model}, commit {locked.Commit}");
        foreach (string file in wrong)
            screen.Fact("wrong", $"{file} is missing, or not the file that was pulled", Palette.Bad);
        if (wrong.Count == 0)
            screen.Fact("files", $"{Numbers.Count(locked.Files.Count)}, all as locked");
        else
            screen.Fact("then", $"agentrouter models pull {locked.Model} --to {ShellText.Quote(context.Shorten(folder))}");
        return wrong.Count == 0 ? ExitCodes.Succeeded : ExitCodes.Failed;
    }
}
