using System.Diagnostics;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Nodes.Human;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Bench.Journal;

/// <summary>Many runs that wait for a person.</summary>
/// <param name="FileBytes">The size of the store.</param>
/// <param name="HeapBytes">By how much the managed heap grew while they wait.</param>
/// <param name="Threads">By how many the threads of the process grew.</param>
/// <param name="ListFirst">The seconds until the first page of the list is there.</param>
/// <param name="ListAll">The seconds for the whole list.</param>
internal sealed record WaitingRuns(long FileBytes, long HeapBytes, int Threads, double ListFirst, double ListAll)
{
    private const int Page = 50;

    /// <summary>Lets runs begin and wait.</summary>
    /// <param name="folder">The folder of the store.</param>
    /// <param name="count">How many.</param>
    public static async Task<WaitingRuns> MeasureAsync(string folder, int count)
    {
        using var models = new ModelSet();
        models.Add(new ModelProfile { Name = "small", Tier = "small", Prices = new ModelPrices(0.10m, 0.40m) }, new AnsweringClient());
        using var router = new StepRoutingChatClient(models, new StepRoutingOptions(), ownsModels: false);
        using (var store = new SqliteRunStore(folder))
        {
            var engine = new WorkflowEngine(new WorkflowEngineOptions { Models = models, Router = router, PolicyName = router.PolicyName, Store = store });
            WorkflowDefinition workflow = Asks();
            await BeginAsync(engine, workflow, 0, 100).ConfigureAwait(false);
            int threads = Process.GetCurrentProcess().Threads.Count;
            long heap = GC.GetTotalMemory(forceFullCollection: true);
            await BeginAsync(engine, workflow, 100, count).ConfigureAwait(false);
            heap = GC.GetTotalMemory(forceFullCollection: true) - heap;
            threads = Process.GetCurrentProcess().Threads.Count - threads;
            long began = Stopwatch.GetTimestamp();
            int first = await store.ListAsync(RunOutcome.Waiting).Take(Page).CountAsync().ConfigureAwait(false);
            double listFirst = Stopwatch.GetElapsedTime(began).TotalSeconds;
            began = Stopwatch.GetTimestamp();
            int all = await store.ListAsync(RunOutcome.Waiting).CountAsync().ConfigureAwait(false);
            double listAll = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (first != Page || all != count)
                throw new InvalidOperationException($"{all} of {count} runs wait.");
            return new WaitingRuns(Directory.EnumerateFiles(folder).Sum(file => new FileInfo(file).Length), heap, threads, listFirst, listAll);
        }
    }

    private static async Task BeginAsync(WorkflowEngine engine, WorkflowDefinition workflow, int from, int to)
    {
        for (int i = from; i < to; i++)
            await engine.Start(workflow, new RunRequest { RunId = $"run-{i}", StreamEvents = false }).Completion.ConfigureAwait(false);
    }

    private static WorkflowDefinition Asks()
    {
        var names = new ExpressionNames(new Dictionary<string, DataType>(), ["ask", "done"]);
        return new WorkflowDefinition
        {
            Name = "asks",
            Nodes =
            [
                new HumanNode { Name = "ask", Question = Template.Parse("Shall it go on?", names), Choices = ["yes", "no"], Next = [new EdgeDefinition("done", null, default)] },
                new EndNode { Name = "done", Outcome = RunOutcome.Succeeded },
            ],
        };
    }
}
