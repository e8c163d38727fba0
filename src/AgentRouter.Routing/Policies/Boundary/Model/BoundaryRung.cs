namespace AgentRouter.Routing.Policies.Boundary.Model;

/// <summary>A model of the ladder a boundary policy was trained with, from the cheapest to the dearest.</summary>
/// <param name="Name">The model's name in the outcome table.</param>
/// <param name="Tier">The tier it stands for where a model set has no model of that name; <see langword="null"/> goes by its place.</param>
internal sealed record BoundaryRung(string Name, string? Tier)
{
    /// <summary>Gets the price it had in training, mostly of the prompt, in USD per million tokens; <see langword="null"/> where it is
    /// not known. Where another model stands in for it, costs are scaled by the two prices.</summary>
    public double? UsdPerMillionTokens { get; init; }
}
