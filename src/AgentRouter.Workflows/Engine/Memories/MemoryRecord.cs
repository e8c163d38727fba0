using System.Text;
using System.Text.Json;
using AgentRouter.Events;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Memory.Use;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Engine.Memories;

/// <summary>Records what an agent was shown of a memory, and reads it again.</summary>
internal static class MemoryRecord
{
    // as much as tells a note from others
    private const int Beginning = 160;

    /// <summary>Records a recall.</summary>
    /// <param name="context">The node.</param>
    /// <param name="question">What was looked for.</param>
    /// <param name="notes">What was found.</param>
    /// <param name="prompt">What the agent is shown of it.</param>
    /// <param name="unseen">How many nodes were not searched yet.</param>
    /// <param name="step">The step of the call, where the agent asked for it: then the notes are beside its result.</param>
    public static void Write(NodeContext context, string question, IReadOnlyList<MemoryNote> notes, string prompt, long unseen, int? step)
    {
        if (context.Run.Log is { } log)
            log.Emit(Recalled(context, question, notes, prompt, unseen, step), step is null && log.KeepsValues && notes.Count > 0 ? JsonSerializer.SerializeToUtf8Bytes(notes) : default);
    }

    /// <summary>Records the recall for a visit, with how it was done and what the notes say in short.</summary>
    /// <param name="context">The node.</param>
    /// <param name="session">The recall.</param>
    public static void Write(NodeContext context, MemorySession session)
    {
        if (context.Run.Log is not { } log)
            return;
        MemoryRecalled recalled = Recalled(context, session.Task, session.Shown, session.Prompt, session.Unseen, null) with
        {
            Plan = session.Options.Effort == RecallEffort.Low || session.Plan is null ? null : [.. session.Plan.Modules.Select(Part)],
            IsSummed = session.Summary is not null && session.Shown.Count > 0,
        };
        byte[]? value = !log.KeepsValues || session.Shown.Count == 0 ? null
            : session.Summary is { } summary ? JsonSerializer.SerializeToUtf8Bytes(new SummedNotes(session.Shown, summary))
            : JsonSerializer.SerializeToUtf8Bytes(session.Shown);
        log.Emit(recalled, value);
    }

    /// <summary>Reads the notes of a recall that is recorded.</summary>
    public static async ValueTask<IReadOnlyList<MemoryNote>> NotesAsync(NodeContext context, MemoryRecalled recorded, CancellationToken cancellationToken) =>
        (await ReadAsync(context, recorded, cancellationToken)).Notes;

    /// <summary>Reads the notes of a recall that is recorded, and what they say in short where the agent was shown that.</summary>
    public static async ValueTask<(IReadOnlyList<MemoryNote> Notes, RecallSummary? Summary)> ReadAsync(NodeContext context, MemoryRecalled recorded, CancellationToken cancellationToken)
    {
        if (recorded.Notes.Count == 0)
            return ([], null);
        if (!recorded.IsSummed)
            return (await context.Run.Log!.RecallAsync<MemoryNote[]>(recorded, cancellationToken), null);
        SummedNotes summed = await context.Run.Log!.RecallAsync<SummedNotes>(recorded, cancellationToken);
        return (summed.Notes, summed.Summary);
    }

    private static MemoryRecalled Recalled(NodeContext context, string question, IReadOnlyList<MemoryNote> notes, string prompt, long unseen, int? step) =>
        new(
            ValueHash.Of(Encoding.UTF8.GetBytes(question)), [.. notes.Select(note => Shown(note, context.Run.RecordContent))], MemoryPrompt.TokensOf(prompt))
        {
            Node = context.Path,
            Step = step,
            Unseen = unseen,
            Text = context.Run.RecordContent ? TextLimit.Shorten(question, TextLimit.Event) : null,
        };

    private static RecalledNote Shown(MemoryNote note, bool withText) =>
        new(note.Number, note.Scope, note.Node, note.Key, note.Source, note.Score) { Text = withText ? TextLimit.Shorten(note.Text, Beginning) : null };

    private static RecallPart Part(PlannedModule part) => new(Word(part.Module), Word(part.Effort), part.Reason) { Shortfall = part.Shortfall is { } shortfall ? TextLimit.Shorten(shortfall, TextLimit.Event) : null };

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private sealed record SummedNotes(IReadOnlyList<MemoryNote> Notes, RecallSummary Summary);
}
