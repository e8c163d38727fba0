using System.Globalization;
using AgentRouter.Events;
using AgentRouter.Tools.Capabilities;

namespace SelfHealing;

/// <summary>Shows what the healer decides.</summary>
internal sealed class Screen(CapabilityGraph graph) : IRunEventSink
{
    // a doubt is settled before the way around is planned; people read of the failure first
    private string? _doubt;

    public void Emit(RunEvent runEvent)
    {
        string? line = runEvent switch
        {
            ToolPathPlanned planned => $"  path      {Path(planned.Path)}   weight {Number(planned.Cost)}",
            ToolRerouted rerouted => $"  ✗ {rerouted.Tool}: {rerouted.Message}\n{Doubt()}  now       {Path(rerouted.Path)}   {Weights(rerouted)}",
            ToolDoubtSettled settled => $"  ? did {settled.Tool} do it before it died? {settled.By} says: {settled.Verdict}",
            GoalEscalated escalated => $"  ! {escalated.Reason}",
            _ => null,
        };
        if (runEvent is ToolDoubtSettled)
            _doubt = line + "\n";
        else if (line is not null)
            Console.WriteLine(line);
    }

    private string? Doubt() => Interlocked.Exchange(ref _doubt, null);

    private string Path(IReadOnlyList<string> path) =>
        path.Count == 0 ? "nothing is left to do" : string.Join(" → ", path.Select(tool => graph.FindTool(tool)!.Name));

    // the next order begins with what all orders have seen of the tool, and not with this one's failure
    private static string Weights(ToolRerouted rerouted) => rerouted.WeightAfter is { } after
        ? $"{rerouted.Tool} weighed {Number(rerouted.WeightBefore)}; for the rest of this order {Number(after)}"
        : $"{rerouted.Tool} is left out of the rest of this order";

    private static string Number(double weight) => weight.ToString("0.0", CultureInfo.InvariantCulture);
}
