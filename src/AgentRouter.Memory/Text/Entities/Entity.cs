namespace AgentRouter.Memory.Text.Entities;

/// <summary>A thing that a text names.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Key">Its key, the same wherever it is named.</param>
/// <param name="Start">Where it is named.</param>
/// <param name="Length">How many characters name it.</param>
internal readonly record struct Entity(EntityKind Kind, string Key, int Start, int Length)
{
    /// <summary>Gets where its name ends.</summary>
    public int End => Start + Length;
}
