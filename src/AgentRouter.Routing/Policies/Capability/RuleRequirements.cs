using AgentRouter.Models;
using AgentRouter.Routing.Features;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Capability;

/// <summary>Reads requirements off a request by rules: points for cheap signs, added up within each dimension. docs/policies/capability.md
/// has them in a table; nothing is learned.</summary>
internal sealed class RuleRequirements : IRequirements
{
    private static readonly StrengthBand[] All = [.. Enumerable.Repeat(StrengthBand.Default, ModelStrengths.Count)];

    private RuleRequirements()
    {
    }

    /// <summary>Gets the rules.</summary>
    public static RuleRequirements Instance { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<StrengthBand> Bands => All;

    /// <inheritdoc/>
    public double Tau => CapabilityDefaults.Tau;

    /// <inheritdoc/>
    public double? StrengthOf(string model, Strength strength) => null;

    /// <inheritdoc/>
    public RequestReading Read(StepContext step, string request)
    {
        var required = new double[ModelStrengths.Count];
        Read(request, required);
        return new RequestReading(request, step.Identity.Node, required);
    }

    /// <summary>Reads what a text requires; it says nothing of tools.</summary>
    /// <param name="text">The text.</param>
    /// <param name="required">Takes the place in each band.</param>
    public static void Read(string text, Span<double> required)
    {
        var cues = WorkCues.Of(text);
        var marks = TextMarks.Of(text);
        required[(int)Strength.Reasoning] = Sum(
            Points(cues.Thought, 0.2, 3),
            marks is { Maths: >= 1, Numbers: >= 2 } ? 0.2 : 0,
            marks.Numbers >= 4 ? 0.1 : 0,
            marks.Questions >= 2 ? 0.1 : 0,
            Length(text));
        required[(int)Strength.Code] = Sum(
            Points(cues.Code, 0.15, 2),
            Points(cues.Fences, 0.2, 1),
            Points(cues.Paths, 0.1, 2),
            marks.Code >= 10 ? 0.2 : 0,
            Length(text));
        required[(int)Strength.Debugging] = Sum(
            Points(cues.Failure, 0.2, 2),
            Points(cues.StackLines, 0.3, 1),
            Points(cues.Test, 0.2, 1),
            Points(cues.Fences, 0.1, 1));
        required[(int)Strength.Tools] = 0;
    }

    private static double Length(string text) => text.Length switch { <= 1_000 => 0, <= 4_000 => 0.1, _ => 0.2 };

    private static double Points(int count, double points, int most) => points * Math.Min(count, most);

    private static double Sum(params ReadOnlySpan<double> points)
    {
        double sum = 0;
        foreach (double each in points)
            sum += each;
        return Math.Min(1, sum);
    }
}
