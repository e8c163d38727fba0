using System.Text.Json;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Memory;
using AgentRouter.Memory.Ingestion.Extraction;
using AgentRouter.Steps;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Engine.Memories;

/// <summary>Lets a model find the facts in what an agent was asked and answered, by a call of the router: on the run's budget, and recorded like every other call. What the model is shown depends
/// on what is remembered and is recorded before it is asked, so that a run that goes on asks the same.</summary>
/// <param name="context">The node.</param>
/// <param name="agent">The agent.</param>
internal sealed class FactLearning(NodeContext context, AgentDefinition agent)
{
    private RunEvent? Recorded => context.Run.Log?.Replay?.Peek(context.Path, null);

    /// <summary>Learns from a source that was just written. Whatever goes wrong is a warning: the agent's answer is paid for, and good.</summary>
    /// <param name="memory">The memory; <see langword="null"/> only where nothing happens that is not recorded.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="source">The key of the source.</param>
    /// <param name="visit">The visit of the node.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>How many facts the model has found; <see langword="null"/> where nothing came of it.</returns>
    public async ValueTask<int?> LearnAsync(GraphMemory? memory, MemoryScope scope, string source, int visit, CancellationToken cancellationToken)
    {
        try
        {
            if (await ReadAsync(memory, scope, source, cancellationToken) is not { } reading)
                return null;
            var identity = new StepIdentity(context.Run.RunId, context.Workflow.Definition.Name, context.Path[(context.Path.LastIndexOf('/') + 1)..], Learner.Agent, Learner.Role, visit) { AllowedTiers = agent.Tiers };
            // facts are never worth asking a person for more
            (BatchAnswer? answer, string? problem) = await SourceExtraction.AskAsync(context.Run.Router, new ExtractionOptions { Configure = options => options.WithStep(identity) }, reading, cancellationToken);
            if (answer is not null && !context.Run.IsReplay && Recorded is not MemoryRemembered)
            {
                problem = await memory!.RecordsAsync(scope, create: false, cancellationToken) is { } records
                    ? await SourceExtraction.WriteAsync(records, reading, answer, context.Run.TimeProvider, cancellationToken)
                    : "The memory was erased while the model was asked.";
            }

            if (problem is null)
                return answer!.Facts.Count;
            Warn(problem);
        }
        catch (BudgetExceededException exceeded)
        {
            Warn($"The budget has no room for it: {exceeded.Refusal}.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the answer is there; whether the run goes on is for the engine to see
            Warn("The node's time was over, or the run was cancelled.");
        }
        catch (Exception exception) when (exception is ModelCallException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Warn(exception.Message);
        }

        return null;
    }

    private async ValueTask<BatchReading?> ReadAsync(GraphMemory? memory, MemoryScope scope, string source, CancellationToken cancellationToken)
    {
        if (Recorded is FactsAsked asked)
        {
            BatchReading before = await context.Run.Log!.RecallAsync<BatchReading>(asked, cancellationToken);
            context.Run.Log.Emit(asked);
            return before;
        }

        if (Recorded is not null || memory is null || await memory.RecordsAsync(scope, create: false, cancellationToken) is not { } records
            || await SourceExtraction.ReadAsync(records, source, cancellationToken) is not { } reading)
            return null;
        if (context.Run.Log is { } log)
            log.Emit(new FactsAsked(scope.ToString(), source, reading.Episodes.Count, reading.Known.Count) { Node = context.Path }, log.KeepsValues ? JsonSerializer.SerializeToUtf8Bytes(reading) : default);
        return reading;
    }

    private void Warn(string problem) => context.Run.Warn($"No facts are learned from what node '{context.Path}' did: {problem}");
}
