using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Routing.Policies;
using AgentRouter.Routing.Tasks;
using AgentRouter.Workflows.Definitions;
using Microsoft.Extensions.Logging;

namespace AgentRouter.Workflows.Engine;

/// <summary>A node in a run: counts its visits, keeps its output, and turns everything that can go wrong in it into a result.</summary>
internal sealed class RunningNode(NodeDefinition definition, NodeContext context)
{
    private readonly RunSession _run = context.Run;
    private readonly INodeRunner _runner = NodeRunners.Create(definition, context);

    public NodeDefinition Definition => definition;

    public string Path => context.Path;

    public int Visits { get; private set; }

    /// <summary>Gets or sets the last output.</summary>
    public JsonNode? Output { get; set; }

    public bool HasOutput { get; set; }

    /// <summary>Does the node's work, again where it fails and may be tried again. Never throws.</summary>
    public ValueTask<NodeResult> VisitAsync(CancellationToken cancellationToken)
    {
        if (!context.Workflow.CountVisit(out NodeResult tooMany))
            return new(tooMany);
        Visits++;
        return definition.Retry is { } retry ? TryAsync(retry, cancellationToken) : TryAsync(pause: null, cancellationToken);
    }

    private async ValueTask<NodeResult> TryAsync(NodeRetry retry, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan? pause = retry.PauseAfter(attempt);
            NodeResult result = await TryAsync(pause, cancellationToken);
            if (pause is null || !result.MayRetry)
                return result;
            if (!await PauseAsync(pause.Value, cancellationToken))
                return NodeResult.Cancelled;
        }
    }

    // Not on the run's clock, which stands while recorded work is done again. What is recorded as tried again is tried at once.
    private async ValueTask<bool> PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        if (_run.Log?.Replay is not { } replay || (!replay.IsStrict && replay.Peek(Path, null) is null))
            await Task.Delay(pause, _run.RealTime, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    // with the pause that follows where it fails and may be tried again
    private async ValueTask<NodeResult> TryAsync(TimeSpan? pause, CancellationToken cancellationToken)
    {
        RunLog? log = _run.Log;
        long began = 0;
        if (log is not null)
        {
            began = _run.TimeProvider.GetTimestamp();
            log.Emit(new NodeStarted(definition.Kind, Visits) { Node = Path });
        }

        NodeResult result;
        bool? verified = null;
        try
        {
            using TaskScope part = TaskScope.Current!.BeginPart(Path);
            result = definition.Timeout is { } timeout && !_runner.KeepsTimeout
                ? await RunWithTimeoutAsync(timeout, cancellationToken)
                : await _runner.RunAsync(Visits, cancellationToken);
            if (log is { Replay: { } replay })
            {
                await log.EndTurnAsync(Path, cancellationToken);
                if (replay.OutputOf(Path) is { } changed)
                    result = NodeResult.Done(JsonNode.Parse(changed));
            }

            if (definition.Verify is not null && result is { Status: NodeStatus.Done, IsSkipped: false })
            {
                verified = Verify(result.Output);
                TaskScope.Current!.Report(verified.Value);
            }
        }
        catch (Exception exception)
        {
            result = Translate(exception, cancellationToken);
        }

        if (result.MayRetry && (pause is null || !_runner.MayRepeat))
            result = result with { MayRetry = false };
        log?.Emit(result.MayRetry ? new NodeFailed(result.Reason!, Handled: true) { Node = Path, RetriesAfter = pause } : Describe(result, verified, began));
        return result;
    }

    private async ValueTask<NodeResult> RunWithTimeoutAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Clocks.Timer(timeout), _run.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        NodeResult result;
        try
        {
            result = await _runner.RunAsync(Visits, either.Token);
        }
        catch (Exception exception)
        {
            result = Translate(exception, either.Token);
        }

        return result.Status == NodeStatus.Cancelled && !cancellationToken.IsCancellationRequested
            ? NodeResult.Failed($"Node '{Path}' took longer than its timeout of {Clocks.Show(timeout)}. Raise the timeout, or give it less to do.")
            : result;
    }

    private NodeResult Translate(Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case RunWaitsException waits:
                return NodeResult.Waiting(waits.Message);
            case NodeFailedException or TaskGivenUpException:
                return NodeResult.Failed(exception.Message);
            case BudgetExceededException exceeded:
                return NodeResult.BudgetExceeded(exceeded.Refusal);
            case OperationCanceledException or ModelCallException when cancellationToken.IsCancellationRequested:
                return NodeResult.Cancelled;
            case ModelCallException failed:
                return NodeResult.Failed($"Node '{Path}': the model call failed ({failed.Failure}): {failed.Message}") with { MayRetry = failed.Failure.MayRetry() };
            default:
                _run.Logger?.LogError(exception, "Node {Node} of run {Run} failed unexpectedly", Path, _run.RunId);
                return NodeResult.Failed($"Node '{Path}' failed unexpectedly: {exception.GetType().Name}: {TextLimit.Shorten(exception.Message, TextLimit.Event)}");
        }
    }

    private bool Verify(JsonNode? output) =>
        definition.Verify!.IsTrue(new OutputScope(context.Scope, definition.Name, definition.Output, output));

    private RunEvent Describe(in NodeResult result, bool? verified, long began) => result.Status switch
    {
        NodeStatus.Done or NodeStatus.Ended => new NodeFinished(
            result.HasOutput ? TextLimit.Shorten(JsonText.Json(result.Output), TextLimit.Event) : null,
            verified, _run.TimeProvider.GetElapsedTime(began))
        { Node = Path },
        NodeStatus.Failed => new NodeFailed(result.Reason!, definition.OnError is not null) { Node = Path },
        _ => new NodeFailed(result.Reason!, Handled: false) { Node = Path, IsLeft = true },
    };
}
