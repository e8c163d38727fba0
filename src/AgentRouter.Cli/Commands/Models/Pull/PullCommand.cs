using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Onnx.Pulling;

namespace AgentRouter.Cli.Commands.Models.Pull;

/// <summary><c>agentrouter models pull OWNER/NAME</c>.</summary>
internal static class PullCommand
{
    private const string TokenVariable = "HF_TOKEN";
    private const string HubVariable = "HF_ENDPOINT";

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var model = new Argument<string>("MODEL") { Description = "OWNER/NAME, or OWNER/NAME@REVISION: a branch, tag or commit." };
        var folder = new Option<string?>("--to") { HelpName = "FOLDER", Description = "The folder that it goes to. By default models/NAME." };
        var hub = new Option<string?>("--hub") { HelpName = "URL", Description = $"The hub. By default {HubVariable}, else {ModelPullOptions.DefaultHub}." };
        var file = new Option<string?>("--file") { HelpName = "FILE", Description = "The model's file on the hub, such as onnx/model_quantized.onnx. By default model.onnx or onnx/model.onnx." };
        var locked = new Option<string?>("--lock") { HelpName = "FILE", Description = $"The lock: exactly its bytes must come; written where it is not there. By default {ModelLock.FileName} in the folder." };
        var command = new CliCommand("pull", "Fetches a model that runs on this machine: as ONNX, with its tokenizer, every byte checked. Code is never fetched.")
        {
            Examples =
            [
                new Example("models pull sentence-transformers/all-MiniLM-L6-v2", "A small model for vectors, to models/all-MiniLM-L6-v2."),
                new Example("models pull acme/order@v2 --lock order.lock.json", "A revision; whoever has the lock gets the same bytes."),
            ],
            Notes = [$"A token for models that are not for everybody comes from {TokenVariable}; only the hub sees it. A pull that was stopped goes on where it was."],
        };
        command.Add(model);
        command.Add(folder);
        command.Add(hub);
        command.Add(file);
        command.Add(locked);
        command.SetAction((result, cancellationToken) =>
        {
            var name = ModelName.Parse(result.GetRequiredValue(model));
            var options = new ModelPullOptions
            {
                Folder = FolderOf(context, result.GetValue(folder) ?? Path.Combine("models", name.Name)),
                Hub = result.GetValue(hub) ?? context.Secrets.Find(HubVariable) ?? ModelPullOptions.DefaultHub,
                ModelFile = result.GetValue(file),
                LockFile = result.GetValue(locked) is { } lockFile ? LockOf(context, lockFile) : null,
                Token = context.Secrets.Find(TokenVariable),
            };
            return PullAsync(context, name, options, cancellationToken);
        });
        return command;
    }

    // what would fail when all has come is refused before anything does
    private static string FolderOf(CliContext context, string named)
    {
        string folder = context.Resolve(named);
        return File.Exists(folder) ? throw new UsageException($"--to {named} is a file. Name a folder; it is made where there is none.") : folder;
    }

    private static string LockOf(CliContext context, string named)
    {
        string file = context.Resolve(named);
        if (Directory.Exists(file))
            throw new UsageException($"--lock {named} is a folder. Name a file in it.");
        string folder = Path.GetDirectoryName(file)!;
        return Directory.Exists(folder) ? file : throw new UsageException($"--lock {named}: there is no folder {context.Shorten(folder)}. Make it, or name a file elsewhere.");
    }

    private static async Task<int> PullAsync(CliContext context, ModelName name, ModelPullOptions options, CancellationToken cancellationToken)
    {
        PulledModel pulled;
        using (var pull = new ModelPull(context.TimeProvider))
        using (var progress = new PullProgressLine(context.Terminal.Error))
            pulled = await pull.RunAsync(name, options, progress, cancellationToken);
        var screen = new Screen(context.Terminal.Output);
        screen.Fact("model", $"{pulled.Lock.Model}, commit {pulled.Lock.Commit}{(pulled.WasLocked ? ", as locked" : "")}");
        screen.Fact("files", $"{Numbers.Count(pulled.Lock.Files.Count)}, {Numbers.Bytes(pulled.Lock.Files.Sum(file => file.Size))}: {Numbers.Count(pulled.Fetched)} fetched, every one checked");
        screen.Fact("folder", context.Shorten(options.Folder));
        screen.Fact("lock", context.Shorten(options.LockFile ?? Path.Combine(options.Folder, ModelLock.FileName)));
        return ExitCodes.Succeeded;
    }
}
