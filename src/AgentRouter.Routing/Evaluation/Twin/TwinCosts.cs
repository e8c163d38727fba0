namespace AgentRouter.Routing.Evaluation.Twin;

/// <summary>Prices the steps of a trajectory as TwinRouterBench's scorer does.</summary>
/// <remarks>
/// No token is billed as plain input: a prompt is written to the cache at the first call of a tier, when its beginning is not what the
/// tier saw last, and when the tier was not called for more than three steps; else the beginning is read from the cache and the rest
/// is written. The output of a step is what the assistant has added to the prompt by the next step; the last step has the trajectory's
/// mean, or 500 tokens.
/// </remarks>
internal static class TwinCosts
{
    /// <summary>The steps without a call after which a tier's cache is gone. The paper says five minutes; its scorer has no clock.</summary>
    public const int ExpiresAfterSteps = 3;

    /// <summary>The output of a trajectory of one step, in tokens.</summary>
    public const double DefaultOutputTokens = 500;

    /// <summary>Prices a trajectory.</summary>
    /// <param name="steps">Its rows in the order of their steps.</param>
    /// <param name="tiers">The tier of each row; an error costs nothing.</param>
    /// <returns>The cost of all steps together, in USD.</returns>
    public static double Of(IReadOnlyList<TwinRow> steps, IReadOnlyList<int?> tiers)
    {
        double[] outputs = Outputs(steps);
        var last = new (int At, IReadOnlyList<TwinMessage> Messages)?[TwinTier.All.Count];
        double usd = 0;
        for (int i = 0; i < steps.Count; i++)
        {
            if (tiers[i] is not { } tier)
                continue;
            IReadOnlyList<TwinMessage> prompt = steps[i].Messages;
            int cached = last[tier] is { } seen && i - seen.At <= ExpiresAfterSteps && StartsWith(prompt, seen.Messages) ? seen.Messages.Count : 0;
            TwinTier prices = TwinTier.All[tier];
            usd += (Tokens(prompt, 0, cached) * prices.CacheRead + Tokens(prompt, cached, prompt.Count) * prices.CacheWrite + outputs[i] * prices.Output) / 1_000_000;
            last[tier] = (i, prompt);
        }

        return usd;
    }

    private static double[] Outputs(IReadOnlyList<TwinRow> steps)
    {
        var outputs = new double[steps.Count];
        for (int i = 0; i + 1 < steps.Count; i++)
            outputs[i] = steps[i + 1].Messages.Skip(steps[i].Messages.Count).Where(message => message.IsAssistant).Sum(message => message.Tokens);
        outputs[^1] = steps.Count > 1 ? outputs[..^1].Average() : DefaultOutputTokens;
        return outputs;
    }

    private static bool StartsWith(IReadOnlyList<TwinMessage> prompt, IReadOnlyList<TwinMessage> beginning)
    {
        if (prompt.Count < beginning.Count)
            return false;
        for (int i = 0; i < beginning.Count; i++)
        {
            if (prompt[i].Text != beginning[i].Text)
                return false;
        }

        return true;
    }

    private static double Tokens(IReadOnlyList<TwinMessage> prompt, int from, int to)
    {
        double tokens = 0;
        for (int i = from; i < to; i++)
            tokens += prompt[i].Tokens;
        return tokens;
    }
}
