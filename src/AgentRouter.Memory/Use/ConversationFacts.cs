using AgentRouter.Memory.Ingestion.Extraction;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentRouter.Memory.Use;

/// <summary>Has facts found in what is new of a conversation, after each answer.</summary>
/// <param name="memory">The memory.</param>
/// <param name="client">The model.</param>
/// <param name="logger">Told of what could not be learned; <see langword="null"/> for nobody.</param>
internal sealed class ConversationFacts(GraphMemory memory, IChatClient client, ILogger? logger)
{
    /// <summary>Learns. The answer is there already, so nothing but a cancellation comes through; what could not be learned is asked about after the next answer.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="source">The key of the conversation.</param>
    /// <param name="request">The options of the caller's own request, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task LearnAsync(MemoryScope scope, string source, ChatOptions? request, CancellationToken cancellationToken)
    {
        try
        {
            ExtractionResult learned = await memory.LearnAsync(
                scope, client, new ExtractionRequest { Sources = [source], Reflections = false }, new ExtractionOptions { Configure = options => Configure(options, request) }, null, cancellationToken).ConfigureAwait(false);
            if (learned.Status == ExtractionStatus.BudgetExceeded)
                logger?.LogWarning("No facts are learned from {Source} now: the budget is used up", source);
            foreach (LeftBatch left in learned.Problems)
                logger?.LogWarning("No facts are learned from {Place} now: {Reason}", left.Place, left.Reason);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger?.LogWarning(exception, "No facts are learned from {Source} now", source);
        }
    }

    private static ChatOptions Configure(ChatOptions options, ChatOptions? request)
    {
        options.ModelId = request?.ModelId;
        return request.GetStep() is { } step ? options.WithStep(new StepIdentity(step.RunId, step.Workflow, step.Node, Learner.Agent, Learner.Role, step.Visit) { AllowedTiers = step.AllowedTiers }) : options;
    }
}
