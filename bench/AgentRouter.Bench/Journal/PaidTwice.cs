using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Nodes.Parallel;
using AgentRouter.Workflows.Runs.Sqlite;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Agents.AI.Workflows.Checkpointing;
using Microsoft.Extensions.AI;

namespace AgentRouter.Bench.Journal;

/// <summary>Branches that call a model at the same time: all but one are answered, one breaks off, and the run is gone on with from its store. How
/// many of the answered calls are made again?</summary>
internal static class PaidTwice
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    /// <summary>Counts in this engine.</summary>
    /// <param name="folder">The folder of the store.</param>
    /// <param name="siblings">How many branches are answered.</param>
    public static async Task<int> CountAsync(string folder, int siblings)
    {
        using var store = new SqliteRunStore(folder);
        using var client = new Counting();
        using var models = new ModelSet();
        models.Add(new ModelProfile { Name = "small", Tier = "small", Prices = new ModelPrices(0.10m, 0.40m) }, client, ownsClient: false);
        using var router = new StepRoutingChatClient(models, new StepRoutingOptions(), ownsModels: false);
        var engine = new WorkflowEngine(new WorkflowEngineOptions { Models = models, Router = router, PolicyName = router.PolicyName, Store = store });
        using var stop = new CancellationTokenSource();
        WorkflowDefinition workflow = Branches(siblings);
        WorkflowRun run = engine.Start(workflow, new RunRequest { RunId = "run-1", StreamEvents = false }, stop.Token);
        while (client.Answered < siblings || !client.Hangs)
            await Task.Delay(Soon / 10, TimeProvider.System).ConfigureAwait(false);
        await Task.Delay(Soon, TimeProvider.System).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await run.Completion.ConfigureAwait(false);
        client.IsHealed = true;
        RunResult result = await (await engine.ResumeAsync(workflow, "run-1", streamEvents: false).ConfigureAwait(false)).Completion.ConfigureAwait(false);
        return result.Outcome == RunOutcome.Succeeded
            ? client.Answered - siblings - 1
            : throw new InvalidOperationException($"The run ended {result.Outcome}: {result.Reason}");
    }

    /// <summary>Counts in Microsoft.Agents.AI.Workflows with its JSON checkpoint store.</summary>
    /// <param name="folder">The folder of the store.</param>
    /// <param name="siblings">How many branches are answered.</param>
    public static async Task<int> CountPeerAsync(string folder, int siblings)
    {
        using var store = new FileSystemJsonCheckpointStore(Directory.CreateDirectory(folder));
        CheckpointManager manager = CheckpointManager.CreateJson(store);
        var calls = new CallCount();
        CheckpointInfo last;
        await using (Run run = await InProcessExecution.RunAsync(PeerBranches(siblings, calls, breaks: true), 0, manager).ConfigureAwait(false))
            last = run.LastCheckpoint ?? throw new InvalidOperationException("The other engine made no checkpoint.");
        await using (Run resumed = await InProcessExecution.ResumeAsync(PeerBranches(siblings, calls, breaks: false), last, manager).ConfigureAwait(false))
            return calls.Answered - siblings - 1;
    }

    private static WorkflowDefinition Branches(int siblings)
    {
        var names = new ExpressionNames(new Dictionary<string, DataType>(), ["both", "done"]);
        return new WorkflowDefinition
        {
            Name = "branches",
            Nodes =
            [
                new ParallelNode
                {
                    Name = "both",
                    Branches = [.. Enumerable.Range(0, siblings + 1).Select(i => new AgentNode
                    {
                        Name = "b" + i,
                        Agent = new AgentDefinition { Name = "b" + i, Instructions = Template.Parse("You are a worker.", names) },
                        Prompt = Template.Parse(i == 0 ? "Break." : "Work.", names),
                    })],
                    Next = [new EdgeDefinition("done", null, default)],
                },
                new EndNode { Name = "done", Outcome = RunOutcome.Succeeded },
            ],
        };
    }

    private static Workflow PeerBranches(int siblings, CallCount calls, bool breaks)
    {
        var begin = new Branch("begin", null, breaks: false);
        Branch[] branches = [.. Enumerable.Range(0, siblings + 1).Select(i => new Branch("b" + i, calls, breaks && i == 0))];
        return new WorkflowBuilder(begin).AddFanOutEdge(begin, [.. branches.Select(branch => (ExecutorBinding)branch)]).Build();
    }

    private sealed class CallCount
    {
        private int _answered;

        public int Answered => Volatile.Read(ref _answered);

        public void Add() => Interlocked.Increment(ref _answered);
    }

    private sealed class Branch(string id, CallCount? calls, bool breaks) : Executor<int, int>(id)
    {
        public override async ValueTask<int> HandleAsync(int message, IWorkflowContext context, CancellationToken cancellationToken = default)
        {
            // the siblings are answered first
            if (breaks)
            {
                await Task.Delay(Soon, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                throw new IOException("The connection broke.");
            }

            calls?.Add();
            return message + 1;
        }
    }

    private sealed class Counting : IChatClient
    {
        private readonly AnsweringClient _inner = new();
        private int _answered;

        public int Answered => Volatile.Read(ref _answered);

        public bool Hangs { get; private set; }

        public bool IsHealed { get; set; }

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (!IsHealed && messages.Any(message => message.Text.Contains("Break.", StringComparison.Ordinal)))
            {
                Hangs = true;
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }

            ChatResponse response = await _inner.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            Interlocked.Increment(ref _answered);
            return response;
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            _inner.GetStreamingResponseAsync(messages, options, cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() => _inner.Dispose();
    }
}
