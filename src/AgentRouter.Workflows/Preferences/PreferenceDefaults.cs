using AgentRouter.Workflows.Nodes.Route;

namespace AgentRouter.Workflows.Preferences;

internal static class PreferenceDefaults
{
    /// <summary>Half way between never right and always right at the average cost: one right outcome puts an agent above those of which
    /// nothing is known, one wrong outcome below them.</summary>
    public const double Prior = 0.5;

    /// <summary>Doing nothing must be better than paying for agents that fail: it takes seven wrong outcomes in a row until an agent
    /// of which nothing else is known stands below it.</summary>
    public const double SkipPrior = 0.25;

    /// <summary>How much of a preference each verified use replaces; the last ten uses make two thirds of it. In simulated pairs and
    /// triples of agents 0.05 to 0.3 are alike; below, a better agent is found late, above, one bad day turns the table.</summary>
    public const double Evaporation = 0.1;

    /// <summary>The reinforcement of right work at the average cost is <c>Reward / (1 + Softness)</c>, which is 1.</summary>
    public const double Reward = 2;

    /// <summary>What is added to the relative cost before it divides: work that costs nothing is worth twice the average work, not infinitely more.</summary>
    public const double Softness = 1;

    /// <summary>How often another agent than the best is tried. In simulations over 60 uses it finds an agent that is as good at a quarter of
    /// the price, and costs one to two points of success where there is nothing to find.</summary>
    public const double Exploration = 0.05;

    /// <summary>Two preferences are too close to choose when the lesser is within a tenth of the better.</summary>
    public const double CloseMargin = 0.1;

    /// <summary>What was learned half a year ago is of prompts and models that have changed since: it counts a sixty-fourth.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromDays(30);

    /// <summary>A kind may come from a run's input, so a table is bounded; the least recently used preference makes room.</summary>
    public const int MostRemembered = 5_000;

    public static double PriorOf(string to) => to == RouteNode.SkipName ? SkipPrior : Prior;
}
