using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Bench.Healing.Chaos;

/// <summary>Tools that fail as a case says, and a log of what they did to the world: what is true, whatever they answer.</summary>
internal sealed class ChaosTools(ChaosCase chaos, FakeTimeProvider clock) : IToolCaller, IRunEventSink
{
    private readonly Dictionary<string, int> _calls = [];
    private readonly HashSet<string> _keys = [];
    private readonly Lock _lock = new();

    /// <summary>Gets the tools whose effect is there now, once for each time that it is.</summary>
    public List<string> World { get; } = [];

    /// <summary>Gets the tools that answered as they promise.</summary>
    public HashSet<string> Answered { get; } = [];

    public List<RunEvent> Events { get; } = [];

    /// <summary>Gets the most that the effect of one capability was there at once.</summary>
    public int MostAtOnce { get; private set; }

    public ToolParameters? Find(CapabilityTool tool) => new(null, []);

    public void Emit(RunEvent runEvent)
    {
        lock (_lock)
            Events.Add(runEvent);
    }

    public async ValueTask<ToolCallResult> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        string name = call.Tool.Name;
        Fault fault;
        lock (_lock)
        {
            int number = _calls[name] = _calls.GetValueOrDefault(name) + 1;
            Fault[] faults = chaos.Faults[name];
            fault = faults[Math.Min(number, faults.Length) - 1];
            if (fault is Fault.None or Fault.Slow or Fault.DiesAfter or Fault.HangsAfter or Fault.Lies or Fault.SaysNothing)
                Do(call);
        }

        if (fault == Fault.Slow)
            await Task.Yield();
        if (fault is Fault.HangsBefore or Fault.HangsAfter)
            await HangAsync(call, cancellationToken);
        return fault switch
        {
            Fault.None or Fault.Slow => Answer(call),
            Fault.Down => Failed(ToolFailureKind.Unreachable),
            Fault.Refuses => Failed(ToolFailureKind.Declared),
            Fault.Throttled => Failed(ToolFailureKind.Throttled),
            Fault.Lies => ToolCallResult.Done(new JsonObject { ["ok"] = "perhaps" }),
            Fault.SaysNothing => ToolCallResult.Done(null),
            _ => ToolCallResult.Failed(new ToolFailure(ToolFailureKind.Broke, "broke") { MayHaveTakenEffect = true }),
        };
    }

    private static ToolCallResult Failed(ToolFailureKind kind) => ToolCallResult.Failed(new ToolFailure(kind, kind.ToString()));

    private async Task HangAsync(ToolCall call, CancellationToken cancellationToken)
    {
        lock (_lock)
            clock.Advance(call.Tool.Timeout);
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private ToolCallResult Answer(ToolCall call)
    {
        lock (_lock)
            Answered.Add(call.Tool.Name);
        return call.Tool.Name.StartsWith("check", StringComparison.Ordinal)
            ? ToolCallResult.Done(JsonValue.Create(IsThere("t" + call.Tool.Name[5..])))
            : ToolCallResult.Done(new JsonObject { ["ok"] = true });
    }

    private bool IsThere(string tool)
    {
        lock (_lock)
            return World.Contains(tool);
    }

    private void Do(ToolCall call)
    {
        if (call.Tool.Effect == ToolEffect.None || (call.Tool.Effect == ToolEffect.Repeatable && !_keys.Add(call.IdempotencyKey) && World.Contains(call.Tool.Name)))
            return;
        if (call.Tool.Name.StartsWith("undo", StringComparison.Ordinal))
        {
            World.Remove("t" + call.Tool.Name[4..]);
            return;
        }

        World.Add(call.Tool.Name);
        foreach (string capability in call.Tool.Provides)
            MostAtOnce = Math.Max(MostAtOnce, World.Count(tool => chaos.Graph.FindTool(tool)!.Provides.Contains(capability)));
    }
}
