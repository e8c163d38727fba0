using AgentRouter.Pricing;

namespace AgentRouter.Routing.Evaluation.Trajectories;

/// <summary>Compares the names of models in recordings with those that were asked for.</summary>
internal static class ModelNames
{
    /// <summary>Gets whether two names mean the same model: a recorded id may have a date at its end.</summary>
    public static bool AreSame(string recorded, string name) =>
        recorded == name || (PriceTable.Shipped.Find(recorded) is { } entry && entry.ModelId == PriceTable.Shipped.Find(name)?.ModelId);
}
