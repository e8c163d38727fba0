namespace AgentRouter.Routing.Evaluation.Twin;

/// <summary>A tier of TwinRouterBench with its prices in USD per million tokens.</summary>
/// <param name="Name">The name in banks and predictions.</param>
/// <param name="CacheRead">The price of prompt tokens found in the cache.</param>
/// <param name="CacheWrite">The price of prompt tokens written to the cache.</param>
/// <param name="Output">The price of output tokens.</param>
/// <remarks>The prices of the paper (arXiv 2605.18859). Its price of plain input is not here: the scorer bills every prompt token to the cache.</remarks>
internal sealed record TwinTier(string Name, double CacheRead, double CacheWrite, double Output)
{
    /// <summary>All tiers, from the least to the most capable.</summary>
    public static IReadOnlyList<TwinTier> All { get; } =
    [
        new("low", 0.13, 0.26, 0.5),
        new("mid", 0.059, 0.30, 2.0),
        new("mid_high", 0.05, 0.0833, 5.0),
        new("high", 0.50, 6.25, 25.0),
    ];

    /// <summary>The number of the most capable tier.</summary>
    public static int High => All.Count - 1;

    /// <summary>Gets a tier's number, from 0; <see langword="null"/> for an unknown name.</summary>
    public static int? Find(string? name)
    {
        for (int i = 0; i < All.Count; i++)
        {
            if (All[i].Name == name)
                return i;
        }

        return null;
    }
}
