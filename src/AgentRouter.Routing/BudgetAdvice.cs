using System.Globalization;
using AgentRouter.Budgets;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing;

/// <summary>Tells the model what is left, in <see cref="BudgetMode.Advise"/>. Last in the prompt, so that the cached prefix stays.</summary>
internal static class BudgetAdvice
{
    /// <summary>Above what the advice can count: its text has at most this many bytes, its framing included.</summary>
    public const int MaxTokens = 512;

    public static ChatMessage For(BudgetSnapshot budget)
    {
        var left = new List<string>();
        if (budget.LimitUsd is { } usd)
            left.Add($"{budget.RemainingUsd} of {usd}");
        if (budget.LimitTokens is { } tokens)
            left.Add(Count(tokens - budget.Spent.Tokens, tokens, "tokens"));
        if (budget.LimitCalls is { } calls)
            left.Add(Count(calls - budget.Spent.Calls, calls, "calls"));
        if (budget.LimitSteps is { } steps)
            left.Add(Count(steps - budget.Spent.Steps, steps, "steps"));
        if (budget.LimitTime is { } time)
            left.Add(Count((long)(time - budget.Elapsed).TotalSeconds, (long)time.TotalSeconds, "seconds"));
        string text = left.Count == 0 ? "no limit" : string.Join(", ", left);
        return new ChatMessage(ChatRole.System, $"Budget left for this task: {text}. Plan so that you finish within it.");
    }

    private static string Count(long left, long of, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, left)} of {of} {unit}");
}
