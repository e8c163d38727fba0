using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Health;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Bench.Healing.Chaos;

/// <summary>What one case came to, and what is wrong with it.</summary>
/// <param name="Status">How the goal ended.</param>
/// <param name="Failures">How many calls failed.</param>
/// <param name="Problem">What must not be, or <see langword="null"/>.</param>
internal sealed record ChaosVerdict(GoalStatus Status, int Failures, string? Problem);

/// <summary>Reaches the goal of a case, and judges by what the tools did, not by what was said.</summary>
internal static class ChaosRun
{
    private static readonly HealingOptions Options = new() { LongestPause = TimeSpan.Zero, MaxFailures = 200, UndoWhenGivenUp = false };
    private const double Tolerance = 1e-6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<ChaosVerdict> DoAsync(int seed, bool isPure)
    {
        ChaosCase chaos = ChaosCase.Make(seed, isPure);
        var clock = new FakeTimeProvider();
        var tools = new ChaosTools(chaos, clock);
        var healer = new ToolHealer(chaos.Graph, new ToolHealthRegistry(new ToolHealthOptions { FailuresBeforeRest = 100 }, clock), Options, monitors: [], clock);
        var facts = new JsonObject(chaos.Given.Select(name => KeyValuePair.Create(name, (JsonNode?)JsonValue.Create(true))));
        GoalResult result;
        try
        {
            result = await healer.ReachAsync(new GoalRequest(chaos.Goal, tools) { Key = "k", Facts = facts, Events = tools }).WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return new ChaosVerdict(GoalStatus.Failed, 0, $"it ended with {exception.GetType().Name}: {exception.Message}");
        }

        return new ChaosVerdict(result.Status, result.Attempts.Count(attempt => attempt.Failure is not null), Judge(chaos, tools, result, isPure));
    }

    private static string? Judge(ChaosCase chaos, ChaosTools tools, GoalResult result, bool isPure)
    {
        if (tools.MostAtOnce > 1)
            return "an effect was there twice";
        IReadOnlyList<string> needs = result.Status == GoalStatus.Reached ? chaos.Goal.Needs : result.Status == GoalStatus.Lesser ? chaos.Goal.Lesser[0].Needs : [];
        foreach (string need in needs)
        {
            if (!chaos.Graph.Tools.Any(tool => tool.Provides.Contains(need) && (tool.Effect == ToolEffect.None ? tools.Answered.Contains(tool.Name) : tools.World.Contains(tool.Name))))
                return $"it says that it was reached, and '{need}' is not there";
        }

        if (Silent(tools, result) is { } silent)
            return silent;
        return isPure ? Missed(chaos, result) ?? Dear(chaos, tools) : null;
    }

    // Each failed call of a path is followed by a reroute, a demotion or an escalation; a goal that is not reached says so.
    private static string? Silent(ChaosTools tools, GoalResult result)
    {
        int failed = result.Attempts.Count(attempt => attempt.Failure is not null && attempt.Tool[0] == 't');
        int rerouted = tools.Events.Count(happened => happened is ToolRerouted);
        bool hasEnd = tools.Events.Exists(happened => happened is GoalDemoted or GoalEscalated);
        if (failed > rerouted && !hasEnd)
            return $"{failed} calls failed, and only {rerouted} reroutes were told";
        return result.Status switch
        {
            GoalStatus.Lesser when !tools.Events.Exists(happened => happened is GoalDemoted) => "a lesser goal was taken silently",
            GoalStatus.Failed when !tools.Events.Exists(happened => happened is GoalEscalated { To: "nobody" }) => "it was given up silently",
            _ => null,
        };
    }

    // Where tools only look and each is either sound or hopeless, a goal is reached if and only if sound tools lead there.
    private static string? Missed(ChaosCase chaos, GoalResult result)
    {
        HashSet<string> have = [.. chaos.Given];
        bool isMore = true;
        while (isMore)
        {
            isMore = false;
            foreach (CapabilityTool tool in chaos.Graph.Tools.Where(chaos.IsSound))
                isMore |= tool.Needs.All(have.Contains) && tool.Provides.Any(have.Add);
        }

        bool canBeReached = chaos.Goal.Needs.All(have.Contains);
        return canBeReached == (result.Status == GoalStatus.Reached) ? null : canBeReached ? "there was a path, and it was not found" : "it was reached without a path";
    }

    // The first path is planned when all tools are well: no set of tools that leads to the goal costs less than its bound, and none less than it where it is proven.
    private static string? Dear(ChaosCase chaos, ChaosTools tools)
    {
        if (tools.Events.OfType<ToolPathPlanned>().FirstOrDefault() is not { } first)
            return null;
        double cheapest = Cheapest(chaos);
        if (first.Cost < cheapest - Tolerance)
            return $"its first path is said to cost {first.Cost}, and the cheapest costs {cheapest}";
        return first.LowerBound <= cheapest + Tolerance ? null : $"its first path is said to be bounded by {first.LowerBound}, and the cheapest costs {cheapest}";
    }

    private static double Cheapest(ChaosCase chaos)
    {
        IReadOnlyList<CapabilityTool> all = chaos.Graph.Tools;
        string[] names = [.. chaos.Given.Concat(all.SelectMany(tool => tool.Needs.Concat(tool.Provides))).Distinct()];
        int[] needs = [.. all.Select(tool => Bits(tool.Needs))];
        int[] provides = [.. all.Select(tool => Bits(tool.Provides))];
        int goal = Bits(chaos.Goal.Needs);
        double cheapest = double.PositiveInfinity;
        for (int chosen = 0; chosen < 1 << all.Count; chosen++)
        {
            double cost = 0;
            for (int tool = 0; tool < all.Count; tool++)
                cost += (chosen >> tool & 1) != 0 ? all[tool].Cost : 0;
            if (cost < cheapest && Leads(chosen))
                cheapest = cost;
        }

        return cheapest;

        bool Leads(int chosen)
        {
            int have = Bits(chaos.Given), before;
            do
            {
                before = have;
                for (int tool = 0; tool < needs.Length; tool++)
                    have |= (chosen >> tool & 1) != 0 && (needs[tool] & ~have) == 0 ? provides[tool] : 0;
            }
            while (have != before);
            return (goal & ~have) == 0;
        }

        int Bits(IEnumerable<string> facts) => facts.Aggregate(0, (bits, fact) => bits | 1 << Array.IndexOf(names, fact));
    }
}
