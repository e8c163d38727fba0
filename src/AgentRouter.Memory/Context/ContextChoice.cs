using System.Globalization;
using AgentRouter.Prompts;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>What is done about a conversation that is too long, and why.</summary>
/// <param name="Strategy">What is done.</param>
/// <param name="Reason">Why, in a sentence for people.</param>
internal sealed record ContextChoice(ContextStrategy Strategy, string Reason)
{
    /// <summary>Chooses. What tools said can be found again, and a search costs nothing; what an agent made of it and decided is in its own words, which a summary keeps and a search for the latest step
    /// does not find. A summary is a call of a model: it must save more than it takes, and be a small part of what is left.</summary>
    /// <param name="options">The limit.</param>
    /// <param name="host">Knows the budget.</param>
    /// <param name="tokens">Counts tokens.</param>
    /// <param name="leftOut">What is left out.</param>
    public static ContextChoice Of(ContextLimitOptions options, IContextHost host, ContextTokens tokens, IReadOnlyList<ChatMessage> leftOut)
    {
        long all = BoundOf(tokens, leftOut), tools = leftOut.Where(message => message.Role == ChatRole.Tool).Sum(tokens.BoundOf);
        int summary = ContextLimitDefaults.SummaryTokens(options.Tokens);
        bool saves = Saves(tokens, all, summary);
        switch (options.Strategy)
        {
            case ContextStrategy.Summarize when !saves:
                return new ContextChoice(ContextStrategy.KeepLast, "too little is left out for a summary to save anything");
            case not ContextStrategy.Auto:
                return new ContextChoice(options.Strategy, "as it is set");
        }

        double share = all == 0 ? 0 : (double)tools / all;
        string mostly = string.Create(CultureInfo.InvariantCulture, $"{share:P0} of what is left out is what tools said");
        if (share >= ContextLimitDefaults.MostlyTools && host.CanRecall)
            return new ContextChoice(ContextStrategy.Recall, $"{mostly}, which can be found again");
        double? cost = saves ? host.SummaryShare(all + tokens.BoundOf([], null), summary) : null;
        string price = cost is { } part ? string.Create(CultureInfo.InvariantCulture, $"a summary costs at most {part:P1} of what is left of the budget") : "nothing limits what a summary may cost";
        if (saves && cost is null or <= ContextLimitDefaults.SummaryShare)
            return new ContextChoice(ContextStrategy.Summarize, $"{mostly}; {price}");
        string instead = saves ? price : "it is too little for a summary to save anything";
        return host.CanRecall
            ? new ContextChoice(ContextStrategy.Recall, $"{mostly}; {instead}, and a search costs nothing")
            : new ContextChoice(ContextStrategy.KeepLast, $"{mostly}; {instead}, and there is no memory to find it in again");
    }

    /// <summary>Tells whether a summary saves more than it takes and costs a small part of what is left.</summary>
    /// <param name="options">The limit.</param>
    /// <param name="host">Knows the budget.</param>
    /// <param name="tokens">Counts tokens.</param>
    /// <param name="leftOut">What is left out.</param>
    public static bool MaySummarize(ContextLimitOptions options, IContextHost host, ContextTokens tokens, IReadOnlyList<ChatMessage> leftOut)
    {
        long all = BoundOf(tokens, leftOut);
        int summary = ContextLimitDefaults.SummaryTokens(options.Tokens);
        return Saves(tokens, all, summary) && host.SummaryShare(all + tokens.BoundOf([], null), summary) is null or <= ContextLimitDefaults.SummaryShare;
    }

    // notes from memory stay in it
    private static long BoundOf(ContextTokens tokens, IReadOnlyList<ChatMessage> leftOut) => leftOut.Where(message => !AppendedText.IsAllOf(message)).Sum(tokens.BoundOf);

    private static bool Saves(ContextTokens tokens, long all, int summary) => tokens.Typical(all) >= ContextLimitDefaults.SummaryGain * summary;
}
