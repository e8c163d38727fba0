namespace AgentRouter.Routing.Evaluation.Switching;

/// <summary>What it costs to move a conversation from the weak to the strong model after some steps, mean over the runs that are longer.</summary>
internal sealed record MoveRow
{
    /// <summary>Gets after how many steps.</summary>
    public required int After { get; init; }

    public required int Runs { get; init; }

    /// <summary>Gets the prompt that is moved, in tokens.</summary>
    public required double PromptTokens { get; init; }

    /// <summary>Gets what the strong model's provider is paid for taking it in, in USD.</summary>
    public required double CacheWritesUsd { get; init; }

    /// <summary>Gets what the rest of the run costs more than with the weak model, in USD.</summary>
    public required double ExtraUsd { get; init; }

    /// <summary>Gets what each strong step would have to be worth for the move to pay, in USD.</summary>
    public required double BreakEvenUsd { get; init; }

    /// <summary>Computes the row; <see langword="null"/> where no run is longer.</summary>
    public static MoveRow? Of(int after, RunReplay[] replays)
    {
        RunReplay[] longer = [.. replays.Where(replay => replay.Length > after)];
        if (longer.Length == 0)
            return null;
        double extra = longer.Sum(replay => SwitchReport.Usd(Cost(replay, after) - Cost(replay, replay.Length)));
        return new MoveRow
        {
            After = after,
            Runs = longer.Length,
            PromptTokens = longer.Average(replay => replay.Step(after).PromptTokens),
            CacheWritesUsd = longer.Average(replay => SwitchReport.Usd(replay.Cost(strong: true, after, RunReplay.NeverUsed).Uncached)),
            ExtraUsd = extra / longer.Length,
            BreakEvenUsd = extra / longer.Sum(replay => replay.Length - after),
        };
    }

    private static Pricing.Money Cost(RunReplay replay, int moveAfter) =>
        replay.Of([.. Enumerable.Range(0, replay.Length).Select(step => step >= moveAfter)]).Usd;
}
