namespace AgentRouter.Models;

/// <summary>How strong a model is at each kind of work, from 0 to 1. The scale is yours: what counts is how models compare.</summary>
/// <remarks>Names and number of the dimensions after HyDRA (2026): a profile is data, so another model is another line and no retraining.</remarks>
public sealed record ModelStrengths
{
    /// <summary>The number of dimensions.</summary>
    public const int Count = 4;

    /// <summary>Gets the strengths of a model that nothing is known of.</summary>
    public static ModelStrengths Unknown { get; } = new();

    /// <summary>Gets the strength at several steps of thought; <see langword="null"/> when it is not known.</summary>
    public double? Reasoning { get; init => field = Check(value); }

    /// <summary>Gets the strength at reading and writing programs; <see langword="null"/> when it is not known.</summary>
    public double? Code { get; init => field = Check(value); }

    /// <summary>Gets the strength at finding out why something fails; <see langword="null"/> when it is not known.</summary>
    public double? Debugging { get; init => field = Check(value); }

    /// <summary>Gets the strength at using tools; <see langword="null"/> when it is not known.</summary>
    public double? Tools { get; init => field = Check(value); }

    /// <summary>Gets the strength in a dimension; <see langword="null"/> when it is not known.</summary>
    /// <param name="strength">The dimension.</param>
    public double? this[Strength strength] => strength switch
    {
        Strength.Reasoning => Reasoning,
        Strength.Code => Code,
        Strength.Debugging => Debugging,
        Strength.Tools => Tools,
        _ => throw new ArgumentOutOfRangeException(nameof(strength), strength, "There is no such strength."),
    };

    private static double? Check(double? value) => value is null or (>= 0 and <= 1)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A strength is between 0 and 1.");
}
