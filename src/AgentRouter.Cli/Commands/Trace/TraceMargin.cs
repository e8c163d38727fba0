using System.Globalization;

namespace AgentRouter.Cli.Commands.Trace;

/// <summary>The margin of a trace: the numbers of events, by which a run is forked.</summary>
internal static class TraceMargin
{
    /// <summary>The margin's width.</summary>
    public const int Width = 6;

    /// <summary>Gets the margin of an entry.</summary>
    public static string Of(TraceEntry entry) => entry.Sequence.ToString(CultureInfo.InvariantCulture).PadLeft(Width - 2) + "  ";

    /// <summary>Gets what a step is called, as in the table of steps.</summary>
    public static string Step(int? number) => number is { } step ? string.Create(CultureInfo.InvariantCulture, $"step {step}  ") : "";
}
