namespace AgentRouter.Tools.Planning;

/// <summary>The constants of the planner.</summary>
internal static class PlanningDefaults
{
    /// <summary>Costs this near each other, relative to the greater, count as equal: sums of weights are rounded.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Weights of at most this share of a plan's cost count as 0 in lower bounds: what rounding leaves of a weight.</summary>
    public const double Negligible = 1e-13;

    /// <summary>The highest finite weight: far below where sums of weights overflow.</summary>
    public const double MaxWeight = 1e100;

    /// <summary>
    /// How many needs and provides a search may look at unless told otherwise: about 0.6 ms on one core of 2024, which keeps a reroute below a
    /// millisecond. Catalogues of up to 500 real tools and random graphs of 20 came out optimal with it.
    /// </summary>
    public const long MaxLooks = 50_000;

    /// <summary>
    /// A search is begun if the tools, times the needs and provides, of the relevant part of the graph are at most this many times
    /// <see cref="ToolPlannerOptions.MaxLooks"/>. A lower bound takes from one look for twenty of that product, on real catalogues, to one for
    /// one, on dense random graphs; one that is cut short is no better than the cheap bound that is known before.
    /// </summary>
    public const int ReachOfLooks = 8;
}
