using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Memory.Eval;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Memory;
using AgentRouter.Memory.Evaluation;
using AgentRouter.Memory.Evaluation.Training;
using AgentRouter.Memory.Retrieval.Weights;
using AgentRouter.Memory.Storage.Sqlite;

namespace AgentRouter.Cli.Commands.Memory.Train;

/// <summary><c>agentrouter memory train</c>.</summary>
internal static class TrainCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var labels = new Option<string?>("--labels") { HelpName = "FILE", Description = "Questions of your own with the keys of what answered them: JSON Lines, plain or .gz; asked of --scope." };
        Option<MemoryScope?> scope = MemoryOptions.ScopeOrNone("With --labels.");
        Option<string?> store = MemoryOptions.Store();
        var locomo = new Option<string?>("--locomo") { HelpName = "FILE", Description = "Conversations with questions in the form of LoCoMo." };
        var multihop = new Option<string[]>("--multihop") { HelpName = "DIR", Description = "Folders with corpus.jsonl and questions.jsonl.", AllowMultipleArgumentsPerToken = true };
        var output = new Option<string?>("--out") { HelpName = "FILE", Description = "Where the weights are saved." };
        var force = new Option<bool>("--force") { Description = "Save what was learned even where it is not told apart from chance." };
        Option<int> seed = OutcomeOptions.Seed();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("train", "Learns from questions with known evidence what counts how much, measures it on what it was not learned from, and saves it when it is better.")
        {
            Examples =
            [
                new Example("memory train --scope project:shop --labels labels.jsonl --out weights.json", "Then in agentrouter.yaml: memory: { weights: weights.json }"),
                new Example("memory train --locomo conversations.jsonl", "Only measure it: each conversation with weights learned from the others."),
            ],
            Notes = ["A label is one line: {\"question\": \"…\", \"evidence\": [\"key of what answered it\"]}; 'memory ask --useful 1,3 --labels FILE' writes one. The same questions and seed give the same file, which people can read."],
        };
        foreach (Option option in (Option[])[labels, scope, store, locomo, multihop, output, force, seed, json])
            command.Add(option);
        command.SetAction(async (result, cancellationToken) =>
        {
            string? own = result.GetValue(labels), conversations = result.GetValue(locomo), wanted = result.GetValue(output);
            string[] folders = result.GetValue(multihop) ?? [];
            if (new[] { own is not null, conversations is not null, folders.Length > 0 }.Count(each => each) != 1)
                throw new UsageException("Name what to learn from: --labels FILE with --scope SCOPE, --locomo FILE, or --multihop DIR.");
            if (own is not null != result.GetValue(scope) is not null)
                throw new UsageException("--labels and --scope belong together: labels are asked of one memory.");
            string? file = wanted is null ? null : OutputFile.Check(context, wanted, [.. new[] { own, conversations }.OfType<string>()]);
            if (file is not null)
                OutputFile.RequireFormat(file, wanted!, MemoryWeights.FormatName);
            IReadOnlyList<TrainingQuestion> questions = own is not null
                ? await AskOwnAsync(context, result.GetValue(store), result.GetValue(scope)!, own, cancellationToken)
                : await AskAsync(context, conversations, folders, cancellationToken);
            WeightsTrained trained = WeightTraining.Train(questions, result.GetValue(seed), cancellationToken);
            bool isSaved = file is not null && (trained.IsBetter || result.GetValue(force));
            if (isSaved)
                trained.Weights(result.GetValue(force)).Save(file!, new { Seed = result.GetValue(seed), Turns = Card(trained.Turns), Passages = Card(trained.Passages) });
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, new { trained, Saved = isSaved ? wanted : null }, cancellationToken);
            else
                new TrainScreen(context.Terminal.Output).Show(trained, wanted, isSaved);
            return file is null || isSaved ? ExitCodes.Succeeded : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task<IReadOnlyList<TrainingQuestion>> AskOwnAsync(CliContext context, string? store, MemoryScope scope, string labels, CancellationToken cancellationToken)
    {
        IReadOnlyList<EvidenceQuestion> questions = await LabelReader.ReadAsync(context.Resolve(labels), cancellationToken);
        await using OpenMemory memory = OpenMemory.Open(context, store);
        await memory.RequireAsync([scope], cancellationToken);
        return await memory.Graph.AskForTrainingAsync(scope, questions, cancellationToken);
    }

    private static async Task<IReadOnlyList<TrainingQuestion>> AskAsync(CliContext context, string? conversations, string[] folders, CancellationToken cancellationToken)
    {
        var sets = new List<EvidenceSet>();
        if (conversations is not null)
            sets.AddRange(await LocomoReader.ReadAsync(context.Resolve(conversations), cancellationToken));
        foreach (string folder in folders)
            sets.Add(await MultihopReader.ReadAsync(context.Resolve(folder), withTitles: true, cancellationToken));
        string temporary = Directory.CreateTempSubdirectory("agentrouter-memory-").FullName;
        try
        {
            await using var store = new SqliteMemoryStore(temporary);
            using var progress = new EvalProgress(context.Terminal.Error);
            return await WeightTraining.AskAsync(sets, store, TimeProvider.System, progress, cancellationToken);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static object? Card(KindTrained? trained) => trained is null ? null : new
    {
        trained.Questions,
        trained.Scopes,
        Gains = trained.Gains.Select(gain => new { gain.Figure, Hand = Math.Round(gain.Hand, 4), Learned = Math.Round(gain.Learned, 4), Low = Math.Round(gain.Interval.Low, 4), High = Math.Round(gain.Interval.High, 4) }),
    };
}
