using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Use;

namespace AgentRouter.Memory.Context;

/// <summary>Puts rounds that were left out into a memory, and finds there what helps.</summary>
internal sealed class RoundMemory(ContextLimitOptions options)
{
    private const int HashLength = 16;

    /// <summary>Finds what helps, of what the conversation does not hold already. What is not in the memory yet is put there first: only now is it needed.</summary>
    /// <param name="state">The conversation.</param>
    /// <param name="questions">What is looked for, each by itself; the best of the first comes first.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async Task<IReadOnlyList<MemoryNote>> FindAsync(ContextState state, IReadOnlyList<string> questions, CancellationToken cancellationToken)
    {
        (GraphMemory memory, MemoryScope scope) = options is { Memory: { } has, Scope: { } at } ? (has, at) : throw new InvalidOperationException("There is no memory to recall earlier steps from.");
        while (state.Forgotten is [var (firstRound, messages), ..])
        {
            MemoryItem[] items = [.. RoundItems.Of(messages, firstRound)];
            if (items.Length > 0)
                await memory.ImportAsync(scope, new MemorySource { Key = KeyOf(firstRound, items), Title = "earlier steps", Items = items }, cancellationToken).ConfigureAwait(false);
            state.Forgotten.RemoveAt(0);
        }

        var found = new List<(int Place, RecalledItem Item)>();
        foreach (string question in questions)
        {
            MemoryRecall recall = await memory.RecallAsync(scope, new MemoryQuestion(question) { MaxItems = ContextLimitDefaults.Notes }, cancellationToken).ConfigureAwait(false);
            found.AddRange(recall.Items.Select((item, place) => (place, item)));
        }

        IEnumerable<RecalledItem> unseen = found.OrderBy(each => each.Place).Select(each => each.Item).DistinctBy(item => (item.Scope, item.Node.Id)).Where(item => !state.Notes.ContainsKey((item.Scope.ToString(), item.Node.Id)));
        return Fit([.. unseen.Select((item, place) => MemoryNote.Of(state.LastNote + place + 1, item))], questions);
    }

    // where the last note does not fit whole, it is shown from where it says what it was found for
    private IReadOnlyList<MemoryNote> Fit(MemoryNote[] notes, IReadOnlyList<string> questions)
    {
        int tokens = ContextLimitDefaults.RecallTokens(options.Tokens);
        IReadOnlyList<MemoryNote> fitting = MemoryPrompt.Fit(notes, tokens);
        int last = fitting.Count - 1;
        if (last < 0 || fitting[last].Text == notes[last].Text)
            return fitting;
        notes[last] = notes[last] with { Text = NoteExcerpt.Of(notes[last].Text, questions) };
        return MemoryPrompt.Fit(notes[..fitting.Count], tokens);
    }

    // the same rounds are written once, however often the work is done again
    private static string KeyOf(int firstRound, MemoryItem[] items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (MemoryItem item in items)
            hash.AppendData(Encoding.UTF8.GetBytes($"{item.Title}\n{item.Text}\n"));
        return string.Create(CultureInfo.InvariantCulture, $"steps/{firstRound}/{Convert.ToHexStringLower(hash.GetHashAndReset())[..HashLength]}");
    }
}
