using System.Globalization;
using System.Text.RegularExpressions;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Prompts;

namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>Lets a model sum evidence up. A summary says which evidence each of its statements is from, or it is none.</summary>
internal static partial class ModelSummary
{
    private const int MaxText = 2_000;
    private const int CharactersPerToken = 4;

    private const string Instructions = $"""
        You sum up what notes from a memory say about a question. Say only what the notes say, with their times where they matter; say so where they contradict each other, and where
        they do not answer the question. Put the number of the note behind each statement, such as [2]. Answer in plain sentences and with nothing else.
        {ModelCall.Quotation}
        """;

    /// <summary>Sums evidence up.</summary>
    /// <param name="call">Calls the model.</param>
    /// <param name="question">The question.</param>
    /// <param name="items">The evidence, the first with the number 1.</param>
    /// <param name="tokens">The most tokens of the summary.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The summary; <see langword="null"/> where there is none, or it names none of the evidence.</returns>
    public static async Task<RecallSummary?> OfAsync(ModelCall call, string question, IReadOnlyList<RecalledItem> items, int tokens, CancellationToken cancellationToken) =>
        await call.AskAsync(Instructions, NoteLines.Of(question, items, MaxText), tokens, null, cancellationToken).ConfigureAwait(false) is { } answer ? Checked(answer, items.Count, tokens) : null;

    /// <summary>Takes citations of what is not there out of a text.</summary>
    /// <returns>The summary; <see langword="null"/> where no citation is left.</returns>
    internal static RecallSummary? Checked(string answer, int count, int tokens)
    {
        var cited = new SortedSet<int>();
        string text = Citation().Replace(PromptLine.Of(SafeText.Of(answer), tokens * CharactersPerToken), match =>
        {
            int[] there = [.. match.Groups["n"].Captures.Select(each => Number(each.Value)).Where(number => number >= 1 && number <= count).Distinct()];
            cited.UnionWith(there);
            return there.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[{string.Join("] [", there)}]");
        });
        return cited.Count == 0 ? null : new RecallSummary(PromptLine.Of(text, int.MaxValue), [.. cited]);
    }

    private static int Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    // [2], [2, 3]
    [GeneratedRegex(@"\[\s*(?<n>[0-9]+)(?:\s*[,;]\s*(?<n>[0-9]+))*\s*\]", RegexOptions.CultureInvariant)]
    private static partial Regex Citation();
}
