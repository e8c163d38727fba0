using System.Diagnostics;
using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;

namespace AgentRouter.Bench.Healing;

/// <summary>Tools that answer at once, or refuse, and the time from each refusal to the next call.</summary>
/// <param name="failEvery">Each of so many calls refuses, from 0 for none.</param>
internal sealed class InstantTools(int failEvery) : IToolCaller, IRunEventSink
{
    private static readonly ToolParameters None = new(null, []);
    private static readonly ToolCallResult Answer = ToolCallResult.Done(JsonValue.Create("done"));
    private static readonly ToolCallResult Refusal = ToolCallResult.Failed(new ToolFailure(ToolFailureKind.Declared, "It is down."));

    private int _calls;
    private long _refused;

    /// <summary>Gets the microseconds from each refusal to the call that came next.</summary>
    public List<double> Reroutes { get; } = [];

    /// <summary>Gets a value indicating whether the last path that was planned at the start is proven to be the cheapest.</summary>
    public bool IsProven { get; private set; }

    public void Emit(RunEvent runEvent)
    {
        if (runEvent is ToolPathPlanned planned)
            IsProven = planned.LowerBound >= planned.Cost * (1 - 1e-9);
    }

    public void Begin()
    {
        Reroutes.Clear();
        (_calls, _refused) = (0, 0);
    }

    public ToolParameters? Find(CapabilityTool tool) => None;

    public ValueTask<ToolCallResult> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (_refused != 0)
            Reroutes.Add(Stopwatch.GetElapsedTime(_refused).TotalMicroseconds);
        _refused = 0;
        if (failEvery == 0 || ++_calls % failEvery != 0)
            return new(Answer);
        _refused = Stopwatch.GetTimestamp();
        return new(Refusal);
    }
}
