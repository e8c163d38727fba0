using System.CommandLine;
using System.Globalization;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Memory.Evaluation;
using AgentRouter.Memory.Storage.Sqlite;

namespace AgentRouter.Cli.Commands.Memory.Eval;

/// <summary><c>agentrouter memory eval</c>.</summary>
internal static class EvalCommand
{
    private const int MostPlaces = 500;
    private static readonly int[] ConversationDepths = [5, 10, 20, 50];
    private static readonly int[] PassageDepths = [2, 5, 10];

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var locomo = new Option<string?>("--locomo") { HelpName = "FILE", Description = "Conversations with questions in the form of LoCoMo: JSON Lines, plain or .gz, a conversation each." };
        var multihop = new Option<string[]>("--multihop") { HelpName = "DIR", Description = "A folder with corpus.jsonl and questions.jsonl, plain or .gz; several are measured one by one.", AllowMultipleArgumentsPerToken = true };
        var withoutTitles = new Option<bool>("--without-titles") { Description = "Leave out the titles of passages, as most memories have none." };
        Option<string?> depths = Depths();
        var ablate = new Option<bool>("--ablation") { Description = "Measure every part of the ranking, from words alone to all of it." };
        Option<int> seed = OutcomeOptions.Seed();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("eval", "Measures how well evidence is found: in conversations, and over several passages. No model is used.")
        {
            Examples =
            [
                new Example("memory eval --locomo conversations.jsonl", "Which turns hold the evidence, by category: recall, all evidence, MRR."),
                new Example("memory eval --locomo conversations.jsonl --ablation", "What each part of the ranking adds, with intervals."),
                new Example("memory eval --multihop wiki/ --without-titles --json", "Questions over several passages, for programs."),
            ],
        };
        command.Add(locomo);
        command.Add(multihop);
        command.Add(withoutTitles);
        command.Add(depths);
        command.Add(ablate);
        command.Add(seed);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            string? conversations = result.GetValue(locomo);
            string[] folders = result.GetValue(multihop) ?? [];
            if (conversations is null == (folders.Length == 0))
                throw new UsageException("Name either the conversations (--locomo FILE) or the passages (--multihop DIR).");
            if (conversations is not null && result.GetValue(withoutTitles))
                throw new UsageException("--without-titles is about passages: turns of conversations have no titles.");
            IReadOnlyList<RankingVariant> variants = result.GetValue(ablate) ? EvidenceEvaluation.Ladder : [EvidenceEvaluation.Ladder[^1] with { Name = "all" }];
            IReadOnlyList<int> places = Parse(result.GetValue(depths)) ?? (conversations is null ? PassageDepths : ConversationDepths);
            var reports = new List<EvalReport>();
            if (conversations is not null)
            {
                reports.Add(new EvalReport(Path.GetFileName(conversations), await MeasureAsync(await LocomoReader.ReadAsync(context.Resolve(conversations), cancellationToken))));
            }

            foreach (string folder in folders)
            {
                EvidenceSet set = await MultihopReader.ReadAsync(context.Resolve(folder), !result.GetValue(withoutTitles), cancellationToken);
                reports.Add(new EvalReport(set.Name, await MeasureAsync([set])));
            }

            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, reports, cancellationToken);
            else
                new EvalScreen(context.Terminal.Output).Show(reports);
            return ExitCodes.Succeeded;

            async Task<EvidenceReport> MeasureAsync(IReadOnlyList<EvidenceSet> sets)
            {
                string folder = Directory.CreateTempSubdirectory("agentrouter-memory-").FullName;
                try
                {
                    await using var store = new SqliteMemoryStore(folder);
                    using var progress = new EvalProgress(context.Terminal.Error);
                    return await EvidenceEvaluation.RunAsync(sets, store, variants, places, result.GetValue(seed), TimeProvider.System, progress, cancellationToken);
                }
                finally
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        });
        return command;
    }

    private static Option<string?> Depths()
    {
        var option = new Option<string?>("--k") { HelpName = "K,K", Description = "How many places count; the default is 5,10,20,50 for conversations and 2,5,10 for passages." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && Parse(text) is null)
                result.AddError($"--k is a list of whole numbers from 1 to {MostPlaces} such as 5,10,20, not '{text}'.");
        });
        return option;
    }

    private static int[]? Parse(string? text)
    {
        var depths = new SortedSet<int>();
        foreach (string part in text?.Split(',') ?? [])
        {
            if (!int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int depth) || depth is < 1 or > MostPlaces)
                return null;
            depths.Add(depth);
        }

        return depths.Count == 0 ? null : [.. depths];
    }
}
