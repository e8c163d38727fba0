using AgentRouter.Pricing;
using AgentRouter.Routing.Costs;
using AgentRouter.Routing.Policies.Hysteresis;

namespace AgentRouter.Routing.Evaluation.Switching;

/// <summary>Replays runs under the <c>hysteresis</c> rule: each wish is followed only where the planner finds that it pays. One run after the
/// other: of a run, the rule knows the steps so far and the runs before it, never its length or the wishes to come.</summary>
internal sealed class PlannedRuns(SwitchPair pair, Money worth)
{
    private readonly SwitchGuard _guard = new(pair.Gap);

    /// <summary>Replays the next run.</summary>
    /// <returns>Whether the strong model takes each step.</returns>
    public bool[] Take(RunReplay replay, bool[] wishes)
    {
        Conversation conversation = _guard.Begin("");
        var takes = new bool[replay.Length];
        Span<int> lastUse = [RunReplay.NeverUsed, RunReplay.NeverUsed];
        // the weak model is what a conversation starts from: the strong one has to be worth it from the first step on
        bool strong = false;
        for (int step = 0; step < takes.Length; step++)
        {
            bool wish = wishes[step];
            long prompt = replay.Step(step).PromptTokens;
            int call = _guard.Arrive(conversation, prompt, pair.Of(wish).Name);
            if (wish != strong)
            {
                SwitchVerdict verdict = _guard.Weigh(
                    conversation, call, prompt, long.MaxValue,
                    new SwitchGuard.Side(pair.Of(strong), replay.Cached(strong, step, lastUse[strong ? 1 : 0])),
                    new SwitchGuard.Side(pair.Of(wish), replay.Cached(wish, step, lastUse[wish ? 1 : 0])),
                    wish ? worth : Money.Zero);
                if (verdict.Gain > Money.Zero)
                    strong = wish;
            }

            takes[step] = strong;
            lastUse[strong ? 1 : 0] = step;
            conversation.Said(replay.Step(step).OutputTokens);
        }

        return takes;
    }
}
