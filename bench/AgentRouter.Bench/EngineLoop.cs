using System.Diagnostics;
using System.Globalization;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing;
using AgentRouter.Routing.Policies.Threshold;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.End;

namespace AgentRouter.Bench;

/// <summary>A workflow that loops over one agent node 10,000 times, each time one routed and budgeted LLM call to a model that
/// answers at once, without storage.</summary>
internal static class EngineLoop
{
    private const int Steps = 10_000;
    private const int Warmups = 30;

    public static async Task<Report> RunAsync(int rounds)
    {
        using var models = new ModelSet();
        models.Add(new ModelProfile { Name = "small", Tier = "small", Prices = new ModelPrices(0.10m, 0.40m) }, new AnsweringClient());
        models.Add(new ModelProfile { Name = "large", Tier = "large", Prices = new ModelPrices(2m, 8m) }, new AnsweringClient());
        var options = new StepRoutingOptions();
        options.UseThreshold();
        using var router = new StepRoutingChatClient(models, options, ownsModels: false);
        var engine = new WorkflowEngine(new WorkflowEngineOptions { Models = models, Router = router, PolicyName = router.PolicyName });

        Report report = new Report("engine", "Engine loop")
            .Text($"A workflow of {Steps:N0} steps: an agent node that loops on `visits('work') < {Steps}`. Each step is one LLM call through the step router,")
            .Text("with a policy, the worst case held and the answer settled under an enforced budget. The model answers at once; nothing is stored.")
            .Text($"Median of {rounds} runs after {Warmups} that are not counted.")
            .Header("events", "steps/s", "µs a step", "bytes a step");
        foreach (bool events in (bool[])[false, true])
        {
            for (int i = 0; i < Warmups; i++)
                await OnceAsync(engine, events).ConfigureAwait(false);
            var times = new List<double>();
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < rounds; i++)
                times.Add(await OnceAsync(engine, events).ConfigureAwait(false));
            long bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / rounds / Steps;
            times.Sort();
            double median = times[times.Count / 2];
            report.Row(events ? "streamed to a reader" : "nobody listens", (Steps / median).ToString("N0", CultureInfo.InvariantCulture),
                (median / Steps * 1e6).ToString("0.00", CultureInfo.InvariantCulture), bytes.ToString("N0", CultureInfo.InvariantCulture));
        }

        return report;
    }

    private static async Task<double> OnceAsync(WorkflowEngine engine, bool events)
    {
        long began = Stopwatch.GetTimestamp();
        WorkflowRun run = engine.Start(Loop(), new RunRequest { StreamEvents = events }, CancellationToken.None);
        if (events)
        {
            await foreach (RunEvent _ in run.ReadEventsAsync().ConfigureAwait(false))
            {
                // reading is what is measured
            }
        }

        RunResult result = await run.Completion.ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (result.Outcome != RunOutcome.Succeeded || result.Budget.Spent.Calls != Steps)
            throw new InvalidOperationException($"The loop ended {result.Outcome} after {result.Budget.Spent.Calls} calls: {result.Reason}");
        return seconds;
    }

    private static WorkflowDefinition Loop()
    {
        var names = new ExpressionNames(new Dictionary<string, DataType>(), ["work", "done"]);
        return new WorkflowDefinition
        {
            Name = "loop",
            MaxVisits = Steps + 10,
            Budget = new Budget { Usd = 1_000m, Calls = Steps * 2 },
            Nodes =
            [
                new AgentNode
                {
                    Name = "work",
                    Agent = new AgentDefinition { Name = "worker", Instructions = Template.Parse("You are a worker.", names) },
                    Prompt = Template.Parse("Do the next piece of work.", names),
                    Next =
                    [
                        new EdgeDefinition("work", Expression.Parse($"visits('work') < {Steps}", names), default),
                        new EdgeDefinition("done", null, default),
                    ],
                },
                new EndNode { Name = "done", Outcome = RunOutcome.Succeeded },
            ],
        };
    }
}
