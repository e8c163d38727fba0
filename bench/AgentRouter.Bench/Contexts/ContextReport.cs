using System.Globalization;
using AgentRouter.Bench.Memory;
using AgentRouter.Budgets;
using AgentRouter.Memory;
using AgentRouter.Memory.Context;
using AgentRouter.Memory.Storage.Sqlite;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing;
using Microsoft.Extensions.AI;

namespace AgentRouter.Bench.Contexts;

/// <summary>An agent reads 200 pages, one a step: what is sent in all, what it costs, and whether what stood on the third page is still to be read in the last quarter.</summary>
internal static class ContextReport
{
    /// <summary>What stands on the third page and nowhere else.</summary>
    public const string Code = "QX-4711";

    private const string Task = "Read all pages of the log book. At the end, say what the code of the lighthouse is.";
    private const int Limit = 24_000;

    public static async Task<Report> RunAsync(int pages)
    {
        string[] book = [.. Enumerable.Range(1, pages).Select(Page)];
        Report report = new Report("context", "A limit on what is sent")
            .Text($"An agent reads {pages} pages of made-up text, one a step, in one visit; the third says what it is asked for at the end. Limit {Number(Limit)} tokens, the last 5 rounds stay. The model is scripted and the")
            .Text("provider caches what the request before began with; tokens are counted at 0.3 a byte; prices are $1 a million tokens sent, $0.10 of them cached, $4 produced. Everything is booked in one ledger.")
            .Text("Summaries are scripted too, 200 words that say nothing: what they cost is measured, not what they keep. \"to be read\": the share of the requests of the last quarter that hold what stood on the third page.")
            .Header("strategy", "calls", "of them summaries", "tokens sent", "of them cached", "longest request", "compactions", "cost", "to be read");
        foreach (ContextStrategy strategy in new[] { ContextStrategy.None, ContextStrategy.KeepLast, ContextStrategy.Summarize, ContextStrategy.Recall, ContextStrategy.Auto })
            await OnceAsync(report, strategy, book).ConfigureAwait(false);
        return report;
    }

    private static async Task OnceAsync(Report report, ContextStrategy strategy, string[] book)
    {
        string folder = Directory.CreateTempSubdirectory("agentrouter-context-").FullName;
        await using var store = new SqliteMemoryStore(folder);
        await using var memory = new GraphMemory(store);
        int compactions = 0;
        using var model = new LogBookReader(book.Length);
        using var models = new ModelSet();
        models.Add(new ModelProfile { Name = "one", Tier = "one", Prices = new ModelPrices(1m, 4m, 0.10m), ContextWindow = 10_000_000, CacheTimeToLive = TimeSpan.FromMinutes(5) }, model, ownsClient: false);
        var limit = new ContextLimitOptions { Tokens = Limit, Strategy = strategy, Memory = memory, Scope = MemoryScope.Parse("workflow:reading"), Compacted = _ => compactions++ };
        using IChatClient client = new ChatClientBuilder(models).UseFunctionInvocation(configure: loop => loop.MaximumIterationsPerRequest = 10_000).UseContextLimit(limit).UseStepRouting(_ => { }).Build();
        using (var task = client.BeginTask(new Budget { Usd = 100m }))
        {
            var tools = new ChatOptions { Tools = [AIFunctionFactory.Create((int number) => book[number - 1], "page", "Reads a page.")], MaxOutputTokens = 1_000 };
            await client.GetResponseAsync([new ChatMessage(ChatRole.System, "You read carefully."), new ChatMessage(ChatRole.User, Task)], tools).ConfigureAwait(false);
            report.Row(
                char.ToLowerInvariant(strategy.ToString()[0]) + strategy.ToString()[1..], Number(model.Prompts.Count), Number(model.Summaries), Number(model.Prompts.Sum()), Number(model.Cached), Number(model.Prompts.Max()),
                Number(compactions), string.Create(CultureInfo.InvariantCulture, $"${task.Ledger.Snapshot().Spent.Usd.ToUsd():0.000}"), strategy == ContextStrategy.Summarize ? "scripted" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * model.Known / model.LastQuarter:0} %"));
        }

        await memory.DisposeAsync().ConfigureAwait(false);
        await store.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(folder, recursive: true);
    }

    private static string Page(int number)
    {
        // some 500 tokens
        string text = string.Join(' ', new MadeUpTalk(seed: number).Conversation(number, turns: 14).Items.Select(turn => turn.Text));
        return number == 3 ? $"{text} The code of the lighthouse is {Code}." : text;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
