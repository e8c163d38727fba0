using AgentRouter.Memory.Evaluation;
using AgentRouter.Memory.Evaluation.Training;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory;

/// <content>What the use of a memory by agents needs.</content>
public sealed partial class GraphMemory
{
    /// <summary>Gets the time of its clock.</summary>
    internal DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Opens the records of a scope.</summary>
    internal async Task<IMemoryRecords?> RecordsAsync(MemoryScope scope, bool create, CancellationToken cancellationToken) =>
        (await OpenAsync(scope, create, cancellationToken).ConfigureAwait(false))?.Records;

    /// <summary>Asks questions of which the evidence is known, and notes what speaks for each node that is found.</summary>
    internal async Task<IReadOnlyList<TrainingQuestion>> AskForTrainingAsync(MemoryScope scope, IReadOnlyList<EvidenceQuestion> questions, CancellationToken cancellationToken) =>
        await OpenAsync(scope, create: false, cancellationToken).ConfigureAwait(false) is { } open
            ? await TrainingQuestions.AskAsync(open, group: 0, questions, Now, cancellationToken).ConfigureAwait(false) : [];
}
