using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Healing.Escalation;
using AgentRouter.Tools.Health;
using AgentRouter.Tools.Monitors;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Tools.Tests.Healing;

/// <summary>Tools that do what a test says, call by call, and a log of the effects that they had.</summary>
internal sealed class ScriptedTools : IToolCaller, IRunEventSink
{
    private readonly ConcurrentDictionary<string, Queue<Func<ToolCall, ToolCallResult>>> _script = new();
    private readonly Lock _lock = new();

    /// <summary>Gets the tools whose effect came about, in order; a key that came twice counts once for a repeatable tool.</summary>
    public List<string> Effects { get; } = [];

    public List<string> Calls { get; } = [];

    public List<ToolCall> Sent { get; } = [];

    public List<RunEvent> Events { get; } = [];

    public HashSet<string> Absent { get; } = [];

    public FakeTimeProvider Clock { get; } = new();

    public ToolHealthRegistry Health => field ??= new ToolHealthRegistry(timeProvider: Clock);

    private readonly HashSet<string> _keys = [];

    /// <summary>Says what the next calls of a tool come to; after the last one it works.</summary>
    public ScriptedTools On(string tool, params Func<ToolCall, ToolCallResult>[] calls)
    {
        _script[tool] = new Queue<Func<ToolCall, ToolCallResult>>(calls);
        return this;
    }

    /// <summary>Lets all calls of a tool come to the same.</summary>
    public ScriptedTools Always(string tool, Func<ToolCall, ToolCallResult> call) => On(tool, [.. Enumerable.Repeat(call, 100)]);

    public static ToolCallResult Down(ToolCall call) => ToolCallResult.Failed(new ToolFailure(ToolFailureKind.Unreachable, call.Tool.Name + " is down"));

    public static ToolCallResult Refuses(ToolCall call) => ToolCallResult.Failed(new ToolFailure(ToolFailureKind.Declared, call.Tool.Name + " refuses"));

    /// <summary>Breaks before the effect, but nobody can tell.</summary>
    public static ToolCallResult Breaks(ToolCall call) => ToolCallResult.Failed(new ToolFailure(ToolFailureKind.Broke, "broke") { MayHaveTakenEffect = true });

    /// <summary>Does it, then breaks.</summary>
    public ToolCallResult DiesAfter(ToolCall call)
    {
        Take(call);
        return Breaks(call);
    }

    public Func<ToolCall, ToolCallResult> Returns(JsonNode? value) => call =>
    {
        Take(call);
        return ToolCallResult.Done(value?.DeepClone());
    };

    public ToolParameters? Find(CapabilityTool tool) => Absent.Contains(tool.Tool) ? null : new ToolParameters(null, []);

    public async ValueTask<ToolCallResult> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            Calls.Add(call.Tool.Name);
            Sent.Add(call);
            if (_script.TryGetValue(call.Tool.Tool, out Queue<Func<ToolCall, ToolCallResult>>? script) && script.TryDequeue(out Func<ToolCall, ToolCallResult>? next))
                return next(call);
            Take(call);
            return ToolCallResult.Done(JsonValue.Create(call.Tool.Name + " did it"));
        }
    }

    public void Emit(RunEvent runEvent)
    {
        lock (_lock)
            Events.Add(runEvent);
    }

    /// <summary>Reaches a goal; pauses pass as fast as they come.</summary>
    public async Task<GoalResult> ReachAsync(
        CapabilityGraph graph, CapabilityGoal goal, HealingOptions? options = null, IReadOnlyList<IToolMonitor>? monitors = null, Func<GoalRequest, GoalRequest>? with = null,
        CancellationToken cancellationToken = default)
    {
        var healer = new ToolHealer(graph, Health, options, monitors, Clock);
        var request = new GoalRequest(goal, this) { Key = "run/1", Events = this };
        Task<GoalResult> reached = healer.ReachAsync(with?.Invoke(request) ?? request, cancellationToken);
        for (int i = 0; i < 10_000 && !reached.IsCompleted; i++)
        {
            await Task.WhenAny(reached, Task.Delay(1, CancellationToken.None));
            Clock.Advance(TimeSpan.FromMilliseconds(200));
        }

        return await reached;
    }

    public Task<GoalResult> ReachAsync(CapabilityGraph graph, params string[] needs) => ReachAsync(graph, new CapabilityGoal("goal", needs));

    private void Take(ToolCall call)
    {
        if (call.Tool.Effect == ToolEffect.None || (call.Tool.Effect == ToolEffect.Repeatable && !_keys.Add(call.IdempotencyKey)))
            return;
        Effects.Add(call.Tool.Name);
    }
}

/// <summary>Somebody who decides what a test says.</summary>
internal sealed class Decides(params EscalationDecision?[] decisions) : IHealingEscalation
{
    private int _next;

    public List<EscalationRequest> Requests { get; } = [];

    public ValueTask<EscalationDecision?> DecideAsync(EscalationRequest request, CancellationToken cancellationToken = default)
    {
        Requests.Add(request);
        return new(_next < decisions.Length ? decisions[_next++] : null);
    }
}
