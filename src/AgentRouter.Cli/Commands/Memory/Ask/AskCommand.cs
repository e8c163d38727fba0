using System.CommandLine;
using System.Globalization;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Cli.Hosting.Reranking;
using AgentRouter.Memory;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Pricing;

namespace AgentRouter.Cli.Commands.Memory.Ask;

/// <summary><c>agentrouter memory ask "…"</c>.</summary>
internal static class AskCommand
{
    private const int DefaultTop = 5;

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var said = new Argument<string>("QUESTION") { Description = "The question." };
        Option<MemoryScope[]> scopes = MemoryOptions.Scopes();
        Option<int> top = OutcomeOptions.Count("--top", "The most pieces of evidence", DefaultTop, 1, 1_000);
        var tokens = new Option<int?>("--tokens") { HelpName = "N", Description = "The most tokens that the evidence may have together." };
        tokens.Require(number => number is null or >= 1, "--tokens is a whole number from 1.");
        Option<DateTimeOffset?> at = At();
        var old = new Option<bool>("--old") { Description = "Also find what holds no longer." };
        var useful = new Option<string?>("--useful") { HelpName = "N,N", Description = "Which of the pieces answered the question; noted in --labels, to learn from." };
        var labels = new Option<string?>("--labels") { HelpName = "FILE", Description = "Where questions with what answered them are noted, a line each, for 'memory train'." };
        Option<string?> store = MemoryOptions.Store();
        Option<bool> json = OutcomeOptions.Json();
        var effort = new Option<AskEffort>("--effort") { HelpName = "LEVEL", Description = "low (the default: no model is asked), medium, high, or auto: the question decides." };
        Option<string?> rerank = RerankerChoice.Option("evidence");
        Option<string?> account = SharedOptions.DrawnAccount();
        Option<string?> runs = SharedOptions.SpendingRecords();
        var command = new CliCommand("ask", "Finds what answers a question, with who said it, when, and the way through the graph that led there. No model is asked unless --effort says so.")
        {
            Examples =
            [
                new Example("memory ask \"When did Anna see the doctor?\" --scope user:anna", "The five best pieces of evidence."),
                new Example("memory ask \"What did we decide last week?\" --scope user:anna --scope project:shop --at 2026-05-08", "Two memories at once, as of a day."),
                new Example("memory ask \"What did she buy after the marathon?\" --scope user:anna --effort auto --budget 0.01", "With a model where words are not sure."),
            ],
            Notes =
            [
                "A question that may cost money is recorded as a run: 'agentrouter spend' and 'accounts' count it. Nothing is recorded of what is free.",
                "Exit code: 0 answered, also by words where the budget does not pay for more; 2 failed, 3 the account has too little left, 4 cancelled, 64 wrong usage or invalid file.",
            ],
        };
        command.Add(said);
        command.Add(scopes);
        command.Add(top);
        command.Add(tokens);
        command.Add(at);
        command.Add(old);
        command.Add(effort);
        command.Add(rerank);
        var embeddings = new EmbeddingChoice.Options(command, what: "a question");
        command.Add(account);
        command.Add(useful);
        command.Add(labels);
        command.Add(store);
        command.Add(json);
        command.Add(runs);
        command.SetAction(async (result, cancellationToken) =>
        {
            string text = result.GetRequiredValue(said);
            if (string.IsNullOrWhiteSpace(text))
                throw new UsageException("The question is empty.");
            LabelFile? noted = LabelFile.Of(context, result.GetValue(useful), result.GetValue(labels));
            MemoryScope[] asked = result.GetRequiredValue(scopes);
            var question = new MemoryQuestion(text) { MaxItems = result.GetValue(top), MaxTokens = result.GetValue(tokens), AskedAt = result.GetValue(at), IncludeSuperseded = result.GetValue(old) };
            if (noted is not null && result.GetValue(effort) != AskEffort.Low)
                throw new UsageException("--useful goes with --effort low: it is learned what counts in the search itself.");
            if (result.GetValue(effort) == AskEffort.Low && (embeddings.IsAny(result) || (result.GetValue(rerank) ?? result.GetValue(account)) is not null))
                throw new UsageException("--embeddings, --budget, --rerank and --account have no effect without an effort: say --effort auto, medium or high.");
            if (result.GetValue(effort) is not AskEffort.Low and var wished)
            {
                var options = new AskOptions
                {
                    Question = question,
                    Scopes = asked,
                    Effort = wished,
                    Choice = embeddings.Read(context, result).ForQuestion(),
                    Rerank = result.GetValue(rerank),
                    Account = result.GetValue(account),
                    Store = result.GetValue(store),
                    RunsFolder = result.GetValue(runs),
                    IsJson = result.GetValue(json),
                };
                return await AskAsync(context, options, cancellationToken);
            }

            await using OpenMemory memory = OpenMemory.Open(context, result.GetValue(store));
            await memory.RequireAsync(asked, cancellationToken);
            MemoryRecall recall = await memory.Graph.RecallAsync(asked, question, cancellationToken);
            if (noted is not null)
                await noted.AddAsync(text, recall, result.GetValue(at) ?? context.TimeProvider.GetUtcNow(), cancellationToken);
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, recall, cancellationToken);
            else
                new AskScreen(context.Terminal.Output).Show(recall, text, asked);
            return ExitCodes.Succeeded;
        });
        return command;
    }

    private static async Task<int> AskAsync(CliContext context, AskOptions options, CancellationToken cancellationToken)
    {
        using OpenReranker? reranker = RerankerChoice.Open(context, options.Choice.Configuration, options.Rerank);
        using AskMeans means = AskMeans.Open(context, options);
        await using OpenMemory memory = OpenMemory.Open(context, options.Store, means.Embeddings?.OfMemory);
        await memory.RequireAsync(options.Scopes, cancellationToken);
        (AssistedRecallResult answer, Money spent) = await means.AskAsync(memory.Graph, reranker?.OfMemory(), cancellationToken);
        if (options.IsJson)
        {
            await FiguresJson.WriteAsync(context.Terminal.Lines, new { answer.Recall, answer.Plan, answer.Summary, SpentUsd = spent.ToUsd() }, cancellationToken);
            return ExitCodes.Succeeded;
        }

        new AskScreen(context.Terminal.Output).Show(answer.Recall, options.Question.Text, options.Scopes);
        new PlanScreen(context.Terminal.Output).Show(answer, spent);
        return ExitCodes.Succeeded;
    }

    private static Option<DateTimeOffset?> At() => new("--at")
    {
        HelpName = "DATE",
        Description = "When the question is asked, which 'last week' counts from: 2026-05-08, or a moment such as 2026-05-08T09:00Z. By default now.",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment))
                return moment;
            result.AddError($"--at is a day such as 2026-05-08, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };
}
