using System.Text;
using System.Text.Json;
using AgentRouter.Events;
using AgentRouter.Memory;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Retrieval.Aid;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Engine.Memories;

/// <summary>A memory whose searches are recorded before a model is asked about what they find: where the work is done again they find the same, and so the same is asked.</summary>
/// <param name="context">The node.</param>
/// <param name="memory">The memory; <see langword="null"/> only where nothing happens that is not recorded.</param>
internal sealed class RecordedMemory(NodeContext context, GraphMemory? memory) : IRecallMemory
{
    private RecordedVectors? _vectors;
    private RecordedSearch _last = RecordedSearch.Nothing;

    /// <inheritdoc/>
    public DateTimeOffset Now => context.Run.TimeProvider.GetUtcNow();

    /// <inheritdoc/>
    public async Task<MemoryRecall> RecallAsync(IReadOnlyCollection<MemoryScope> scopes, MemoryQuestion question, RecallAid aid, CancellationToken cancellationToken)
    {
        RecordedSearch found;
        switch (context.Run.Log?.Replay?.Peek(context.Path, null))
        {
            case MemorySearched before:
                found = await context.Run.Log!.RecallAsync<RecordedSearch>(before, cancellationToken);
                context.Run.Log.Emit(before);
                break;
            case null when !context.Run.IsReplay:
                found = await SearchAsync(memory!, scopes, question, aid, cancellationToken);
                Record(question, found);
                break;
            default:
                found = RecordedSearch.Nothing;
                break;
        }

        _last = found;
        return found.ToRecall();
    }

    /// <inheritdoc/>
    public IQuestionVectors VectorsOf(IReadOnlyList<string> texts) => _vectors = new RecordedVectors(context, memory, texts);

    /// <inheritdoc/>
    public Task<IReadOnlyList<float?>> NearnessAsync(IReadOnlyList<RecalledItem> items, float[] vector, CancellationToken cancellationToken)
    {
        var near = _last.Items.ToDictionary(item => (item.Scope, item.Node.Id), item => item.Nearness);
        return Task.FromResult<IReadOnlyList<float?>>([.. items.Select(item => near.GetValueOrDefault((item.Scope.ToString(), item.Node.Id)))]);
    }

    // how near what was found is to the task is recorded with it: what is forgotten later has no vector any more
    private async Task<RecordedSearch> SearchAsync(GraphMemory from, IReadOnlyCollection<MemoryScope> scopes, MemoryQuestion question, RecallAid aid, CancellationToken cancellationToken)
    {
        MemoryRecall found = await from.RecallAsync(scopes, question, aid, cancellationToken);
        return RecordedSearch.Of(found, _vectors?.First is { } vector ? await from.NearnessAsync(found.Items, vector, cancellationToken) : null);
    }

    private void Record(MemoryQuestion question, RecordedSearch found)
    {
        if (context.Run.Log is { } log)
            log.Emit(new MemorySearched(ValueHash.Of(Encoding.UTF8.GetBytes(question.Text)), found.Items.Count) { Node = context.Path }, log.KeepsValues ? JsonSerializer.SerializeToUtf8Bytes(found) : default);
    }
}
