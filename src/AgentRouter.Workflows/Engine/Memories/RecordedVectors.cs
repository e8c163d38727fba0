using System.Text;
using System.Text.Json;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Memory;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Engine.Memories;

/// <summary>The vectors of a task and of parts of it, recorded when they are made: where the work is done again it compares with the same, and nothing is sent or paid a second time.</summary>
/// <param name="context">The node.</param>
/// <param name="memory">What makes them; <see langword="null"/> only where nothing happens that is not recorded.</param>
/// <param name="texts">The texts.</param>
internal sealed class RecordedVectors(NodeContext context, GraphMemory? memory, IReadOnlyList<string> texts) : IQuestionVectors
{
    private const string BrokenOff = "The node's time was over, or the run was cancelled, while they were made.";

    private bool _isAsked;
    private float[][]? _vectors;

    /// <inheritdoc/>
    public string? Problem { get; private set; }

    /// <summary>Gets the vector of the first text, once it was made.</summary>
    public float[]? First => _vectors?[0];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<float[]>?> TakeAsync(CancellationToken cancellationToken)
    {
        if (_isAsked)
            return _vectors;
        _isAsked = true;
        BudgetRefusal? refusal = await RecordedBookings.BookAgainAsync(context, cancellationToken);
        switch (context.Run.Log?.Replay?.Peek(context.Path, null))
        {
            case TaskEmbedded before:
                await RecallAsync(before, cancellationToken);
                break;
            case null:
                await MakeAsync(refusal, cancellationToken);
                break;
            default:
                // there was nothing that makes vectors then
                break;
        }

        return _vectors;
    }

    private async ValueTask RecallAsync(TaskEmbedded before, CancellationToken cancellationToken)
    {
        Problem = before.Problem;
        _vectors = before.Problem is null ? await context.Run.Log!.RecallAsync<float[][]>(before, cancellationToken) : null;
        context.Run.Log!.Emit(before);
        if (before.Problem != BrokenOff)
            return;
        await context.Run.Log.Replay!.ComeToCancellationAsync(before, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async ValueTask MakeAsync(BudgetRefusal? refusal, CancellationToken cancellationToken)
    {
        if (refusal is not null)
        {
            Problem = $"The vectors cannot be paid: {refusal}.";
        }
        else if (context.Run.IsReplay || memory?.VectorsOf(texts) is not { } vectors)
        {
            return;
        }
        else
        {
            try
            {
                (_vectors, Problem) = await MadeAsync(vectors, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Problem = BrokenOff;
                Record();
                throw;
            }
        }

        if (Problem is not null)
            context.Run.Warn($"The memory of node '{context.Path}' is searched without vectors: {Problem}");
        Record();
    }

    private void Record()
    {
        if (context.Run.Log is not { } log)
            return;
        string hash = ValueHash.Of(Encoding.UTF8.GetBytes(string.Join('\0', texts)));
        log.Emit(new TaskEmbedded(hash, texts.Count) { Node = context.Path, Problem = Problem }, log.KeepsValues && _vectors is not null ? JsonSerializer.SerializeToUtf8Bytes(_vectors) : default);
    }

    // a call that is given up is booked before the run goes on, or its booking would have no place in the record
    private static async Task<(float[][]? Vectors, string? Problem)> MadeAsync(QuestionVectors vectors, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<float[]>? made = await vectors.TakeAsync(cancellationToken);
            return (made is null ? null : [.. made], vectors.Problem);
        }
        finally
        {
            await vectors.EndedAsync();
        }
    }
}
