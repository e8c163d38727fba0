using System.Globalization;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Pricing;

namespace AgentRouter.Testing;

/// <summary>What tests expect of a run. Each assertion returns what it looked at, so that they chain, and throws a
/// <see cref="RunAssertionException"/> that also tells what the run did. They need no test framework.</summary>
public static class RunAssertions
{
    /// <summary>Expects how the run ended.</summary>
    /// <typeparam name="TRun">What was recorded.</typeparam>
    /// <param name="run">The run.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="because">A text in the reason, or <see langword="null"/> for any.</param>
    public static TRun ShouldHaveEnded<TRun>(this TRun run, RunOutcome outcome, string? because = null)
        where TRun : IRecordedEvents
    {
        RunEnded ended = Ended(run);
        if (ended.Outcome != outcome)
            throw Wrong(run, $"The run should have ended {outcome}, but it ended {ended.Outcome}: {ended.Reason ?? "(no reason)"}");
        if (because is not null && ended.Reason?.Contains(because, StringComparison.OrdinalIgnoreCase) != true)
            throw Wrong(run, $"The run should have ended because of '{because}', but the reason is: {ended.Reason ?? "(none)"}");
        return run;
    }

    /// <summary>Expects a text in the run's answer.</summary>
    /// <typeparam name="TRun">What was recorded.</typeparam>
    /// <param name="run">The run.</param>
    /// <param name="part">The text.</param>
    public static TRun ShouldHaveAnswered<TRun>(this TRun run, string part)
        where TRun : IRecordedEvents
    {
        string? answer = Ended(run).Answer;
        return answer?.Contains(part, StringComparison.Ordinal) == true
            ? run
            : throw Wrong(run, $"The answer should contain '{part}', but it is: {answer ?? "(none)"}");
    }

    /// <summary>Expects visits of nodes in this order; others may lie between them.</summary>
    /// <typeparam name="TRun">What was recorded.</typeparam>
    /// <param name="run">The run.</param>
    /// <param name="nodes">The nodes, each as often as it is expected. Nodes inside others are paths: <c>research/1/read</c>.</param>
    public static TRun ShouldHaveVisited<TRun>(this TRun run, params string[] nodes)
        where TRun : IRecordedEvents
    {
        ArgumentNullException.ThrowIfNull(nodes);
        string[] visited = Visited(run);
        int found = 0;
        foreach (string node in visited)
        {
            if (found < nodes.Length && node == nodes[found])
                found++;
        }

        return found == nodes.Length
            ? run
            : throw Wrong(run, $"The run should have visited {Path(nodes)}, but '{nodes[found]}' did not come in its turn; it visited {Path(visited)}.");
    }

    /// <summary>Expects exactly these visits of nodes, in this order.</summary>
    /// <typeparam name="TRun">What was recorded.</typeparam>
    /// <param name="run">The run.</param>
    /// <param name="nodes">The nodes, each as often as it is expected.</param>
    public static TRun ShouldHaveVisitedOnly<TRun>(this TRun run, params string[] nodes)
        where TRun : IRecordedEvents
    {
        ArgumentNullException.ThrowIfNull(nodes);
        string[] visited = Visited(run);
        return visited.AsSpan().SequenceEqual(nodes)
            ? run
            : throw Wrong(run, $"The run should have visited only {Path(nodes)}, but it visited {Path(visited)}.");
    }

    /// <summary>Expects that a node was never visited.</summary>
    /// <typeparam name="TRun">What was recorded.</typeparam>
    /// <param name="run">The run.</param>
    /// <param name="node">The node.</param>
    public static TRun ShouldNotHaveVisited<TRun>(this TRun run, string node)
        where TRun : IRecordedEvents =>
        Visited(run).Contains(node) ? throw Wrong(run, $"The run should not have visited '{node}', but it did: {Path(Visited(run))}.") : run;

    /// <summary>Expects that every LLM call of a node was routed to a tier or model.</summary>
    /// <typeparam name="TRun">What was recorded.</typeparam>
    /// <param name="run">The run.</param>
    /// <param name="node">The node; <see langword="null"/> for all calls, which is right outside a workflow.</param>
    /// <param name="visit">The visit of the node, from 1; <see langword="null"/> for all its visits.</param>
    /// <param name="tier">The tier.</param>
    /// <param name="model">The model.</param>
    public static TRun ShouldHaveRouted<TRun>(this TRun run, string? node, int? visit = null, string? tier = null, string? model = null)
        where TRun : IRecordedEvents
    {
        List<StepRouted> calls = Routed(run, node, visit);
        string what = node is null ? "the run" : visit is null ? $"node '{node}'" : string.Create(CultureInfo.InvariantCulture, $"visit {visit} of node '{node}'");
        if (calls.Count == 0)
            throw Wrong(run, $"There should be an LLM call of {what}, but there is none.");
        StepRouted? other = calls.Find(call => (tier is not null && call.Tier != tier) || (model is not null && call.Model != model));
        return other is null
            ? run
            : throw Wrong(run, $"Every LLM call of {what} should be routed to {string.Join(", ", new[] { tier, model }.OfType<string>())}, but one went to {other.Model} ({other.Tier}): {other.Reason}");
    }

    /// <summary>Expects calls of a tool.</summary>
    /// <typeparam name="TRun">What was recorded.</typeparam>
    /// <param name="run">The run.</param>
    /// <param name="tool">The tool's full name: <c>workspace.read</c>.</param>
    /// <param name="times">How often; <see langword="null"/> for at least once.</param>
    /// <param name="with">A text in the arguments' JSON, or <see langword="null"/> for any arguments.</param>
    public static TRun ShouldHaveCalledTool<TRun>(this TRun run, string tool, int? times = null, string? with = null)
        where TRun : IRecordedEvents
    {
        int found = run.Events.OfType<ToolCalled>().Count(call => call.Tool == tool && (with is null || call.Arguments.Contains(with, StringComparison.Ordinal)));
        string what = with is null ? $"'{tool}'" : $"'{tool}' with '{with}'";
        if (times is null ? found > 0 : found == times)
            return run;
        throw Wrong(run, string.Create(CultureInfo.InvariantCulture, $"The run should have called {what} {(times is null ? "at least once" : times + " times")}, but it did {found} times."));
    }

    /// <summary>Expects that a tool was never called.</summary>
    /// <typeparam name="TRun">What was recorded.</typeparam>
    /// <param name="run">The run.</param>
    /// <param name="tool">The tool's full name.</param>
    public static TRun ShouldNotHaveCalledTool<TRun>(this TRun run, string tool)
        where TRun : IRecordedEvents => run.ShouldHaveCalledTool(tool, times: 0);

    /// <summary>Expects an upper bound of the money that was booked.</summary>
    /// <typeparam name="TRun">What was recorded.</typeparam>
    /// <param name="run">The run.</param>
    /// <param name="usd">The bound, in USD.</param>
    public static TRun ShouldHaveSpentAtMost<TRun>(this TRun run, decimal usd)
        where TRun : IRecordedEvents
    {
        Money spent = Settled(run).Usd;
        return spent <= Money.FromUsd(usd) ? run : throw Wrong(run, $"The run should have spent at most {Money.FromUsd(usd)}, but it spent {spent}.");
    }

    /// <summary>Expects that the account adds up: nothing is held any more, the sum over the calls and tools is what the ledger
    /// says was spent, and that is within its limits unless a provider billed more than it was allowed to.</summary>
    /// <typeparam name="TRun">What was recorded.</typeparam>
    /// <param name="run">The run, or the recorded events of a task whose calls have all ended.</param>
    public static TRun LedgerShouldBalance<TRun>(this TRun run)
        where TRun : IRecordedEvents
    {
        BudgetSnapshot? end = run.Events.OfType<RunEnded>().LastOrDefault()?.Budget ?? run.Events.OfType<BudgetSettled>().LastOrDefault()?.After;
        if (end is null)
            return run;
        if (run.Events.OfType<BudgetReserved>().Count() != run.Events.OfType<BudgetSettled>().Count())
            throw Wrong(run, "Every reservation should have been settled once, but their numbers differ.");
        if (end.Reserved != default)
            throw Wrong(run, $"Nothing should be held at the end, but {end.Reserved} is.");
        BudgetAmount sum = Settled(run);
        if (sum != end.Spent)
            throw Wrong(run, $"The sum over all calls and tools should be what the ledger says was spent, but the sum is {sum} and the ledger says {end.Spent}.");
        bool overrun = run.Events.OfType<BudgetOverrun>().Any();
        if (!overrun && end.LimitUsd is { } limit && end.Spent.Usd > limit)
            throw Wrong(run, $"The ledger should keep to its limit of {limit}, but {end.Spent.Usd} was spent.");
        return run;
    }

    private static BudgetAmount Settled(IRecordedEvents run)
    {
        BudgetAmount sum = default;
        // the calls of a run's children are among its own events; those of a workflow that a task started are not
        bool isRun = run.Events.OfType<RunEnded>().Any();
        foreach (RunEvent next in run.Events)
        {
            BudgetAmount booked = next switch
            {
                BudgetSettled settled => settled.Booked,
                ToolCalled => BudgetAmount.OneStep,
                GrantReturned returned when !isRun => returned.Spent,
                _ => default,
            };
            sum = new(sum.Usd + booked.Usd, sum.Tokens + booked.Tokens, sum.Calls + booked.Calls, sum.Steps + booked.Steps);
        }

        return sum;
    }

    private static List<StepRouted> Routed(IRecordedEvents run, string? node, int? visit)
    {
        List<StepRouted> calls = [];
        int visits = 0;
        foreach (RunEvent next in run.Events)
        {
            if (next is NodeStarted started && started.Node == node)
                visits = started.Visit;
            else if (next is StepRouted routed && (node is null || routed.Node == node) && (visit is null || visits == visit))
                calls.Add(routed);
        }

        return calls;
    }

    private static RunEnded Ended(IRecordedEvents run) =>
        run.Events.OfType<RunEnded>().LastOrDefault() ?? throw Wrong(run, "The run should have ended, but it has not.");

    private static string[] Visited(IRecordedEvents run) => [.. run.Events.OfType<NodeStarted>().Select(node => node.Node ?? "")];

    private static string Path(string[] nodes) => nodes.Length == 0 ? "(nothing)" : string.Join(" → ", nodes);

    private static RunAssertionException Wrong(IRecordedEvents run, string message) => new(message, run.Events);
}
