using System.Diagnostics;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Agents.AI.Workflows.Checkpointing;

namespace AgentRouter.Bench.Journal;

/// <summary>The same loop in Microsoft.Agents.AI.Workflows: two executors that hand a number to each other, with a checkpoint in its JSON file store
/// after each superstep, as that store is used.</summary>
internal static class PeerLoop
{
    /// <summary>Runs the loop once.</summary>
    /// <param name="folder">The folder of the store.</param>
    /// <param name="steps">How many supersteps.</param>
    /// <param name="stateBytes">The size of what the first step keeps and nobody touches.</param>
    /// <returns>The seconds it took.</returns>
    public static async Task<double> RunAsync(string folder, int steps, int stateBytes)
    {
        var ping = new Step("ping", stateBytes);
        var pong = new Step("pong", 0);
        Workflow workflow = new WorkflowBuilder(ping)
            .AddEdge<int>(ping, pong, number => number < steps)
            .AddEdge<int>(pong, ping, number => number < steps)
            .Build();
        using var store = new FileSystemJsonCheckpointStore(Directory.CreateDirectory(folder));
        CheckpointManager manager = CheckpointManager.CreateJson(store);
        long began = Stopwatch.GetTimestamp();
        await using Run run = await InProcessExecution.RunAsync(workflow, 0, manager).ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        int done = ping.Calls + pong.Calls;
        return done == steps ? seconds : throw new InvalidOperationException($"The other loop made {done} of {steps} steps.");
    }

    private sealed class Step(string id, int stateBytes) : Executor<int, int>(id)
    {
        public int Calls { get; private set; }

        public override async ValueTask<int> HandleAsync(int message, IWorkflowContext context, CancellationToken cancellationToken = default)
        {
            if (Calls++ == 0 && stateBytes > 0)
                await context.QueueStateUpdateAsync("state", Prose.Of(stateBytes), cancellationToken).ConfigureAwait(false);
            return message + 1;
        }
    }
}
