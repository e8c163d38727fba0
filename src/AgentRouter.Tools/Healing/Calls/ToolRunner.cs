using System.Text.Json.Nodes;
using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Goals;
using AgentRouter.Tools.Health;

namespace AgentRouter.Tools.Healing.Calls;

/// <summary>Calls one tool once: within its time, with its health kept, and its result checked.</summary>
internal sealed class ToolRunner(IToolCaller caller, ToolHealthRegistry health, TimeProvider timeProvider)
{
    private readonly Dictionary<string, Task> _late = new(StringComparer.Ordinal);

    /// <summary>Makes the arguments of a call out of what is known.</summary>
    /// <returns>The arguments, or <see langword="null"/> with what is missing.</returns>
    public JsonObject? ArgumentsOf(CapabilityTool tool, GoalFacts facts, out string? problem)
    {
        problem = null;
        if (caller.Find(tool) is not { } parameters)
        {
            problem = $"There is no tool '{tool.Tool}'.";
            return null;
        }

        var arguments = new JsonObject();
        foreach ((string name, object value) in tool.Arguments)
            arguments[name] = Resolve(value, facts);
        foreach (string name in parameters.Names ?? tool.Needs)
        {
            if (!arguments.ContainsKey(name) && facts.TryGet(name, out JsonNode? fact))
                arguments[name] = fact?.DeepClone();
        }

        foreach (string name in parameters.Required)
        {
            if (arguments[name] is not null || name == ToolTraits.IdempotencyKey)
                continue;
            problem = NotKnown(tool, name);
            return null;
        }

        return arguments;
    }

    /// <summary>Finds a parameter that a tool must be given and that nothing can give it.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="canBeKnown">Tells whether something of a name is known, or may be later.</param>
    /// <returns>What to do about it; <see langword="null"/> when there is none.</returns>
    public string? NeverGiven(CapabilityTool tool, Func<string, bool> canBeKnown)
    {
        foreach (string name in caller.Find(tool)?.Required ?? [])
        {
            if (!tool.Arguments.ContainsKey(name) && name != ToolTraits.IdempotencyKey && !canBeKnown(name))
                return NotKnown(tool, name);
        }

        return null;
    }

    private static string NotKnown(CapabilityTool tool, string parameter) =>
        $"'{parameter}' is not known, and {tool.Tool} must be given it. Name a fact or a capability so, or say where it comes from: 'with' of tool '{tool.Name}' in YAML, Arguments in C#.";

    /// <summary>Calls a tool that <see cref="ToolHealth.TryEnter"/> let in.</summary>
    /// <param name="call">The call.</param>
    /// <param name="isRecalled">Whether it was made before: then it says nothing about how the tool is now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<ToolCallResult> CallAsync(ToolCall call, bool isRecalled, CancellationToken cancellationToken)
    {
        ToolHealth? of = isRecalled ? null : health.Of(call.Tool);
        long began = timeProvider.GetTimestamp();
        try
        {
            ToolCallResult result = await WithinTimeAsync(call, cancellationToken);
            ToolFailure? failure = result.Failure ?? ResultCheck.Find(call.Tool, result.Value);
            if (failure is null)
            {
                of?.Succeeded(timeProvider.GetElapsedTime(began));
                return result;
            }

            of?.Failed(failure.Kind, failure.RetryAfter);
            return ToolCallResult.Failed(failure);
        }
        catch
        {
            of?.Left();
            throw;
        }
    }

    private async ValueTask<ToolCallResult> WithinTimeAsync(ToolCall call, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(call.Tool.Timeout, timeProvider);
        // most calls have nobody who could cancel them; a registration is cheaper than a second source
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), time);
        ValueTask<ToolCallResult> begun = caller.CallAsync(call, time.Token);
        if (begun.IsCompletedSuccessfully)
            return begun.Result;
        Task<ToolCallResult> called = begun.AsTask();
        try
        {
            // a tool that does not look at its token is left behind
            await ((Task)called).WaitAsync(call.Tool.Timeout + HealingDefaults.Grace, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            return called.IsCompleted ? await called : TimedOut(call, called);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TimedOut(call, called);
        }
    }

    /// <summary>Gets a call that ran out of time and goes on all the same, or <see langword="null"/>.</summary>
    public Task? LateOf(string tool)
    {
        lock (_late)
            return _late.TryGetValue(tool, out Task? late) && !late.IsCompleted ? late : null;
    }

    private ToolCallResult TimedOut(ToolCall call, Task called)
    {
        if (!called.IsCompleted)
        {
            lock (_late)
                _late[call.Tool.Name] = called;
        }

        // what it throws later is nobody's business any more
        _ = called.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return ToolCallResult.Failed(new ToolFailure(ToolFailureKind.Timeout, $"{call.Tool.Tool} did not answer within {call.Tool.Timeout}.") { MayHaveTakenEffect = true });
    }

    private static JsonNode? Resolve(object value, GoalFacts facts) => value switch
    {
        Template template => template.RenderValue(facts).ToJson(),
        JsonNode node => node.DeepClone(),
        string text => JsonValue.Create(text),
        bool truth => JsonValue.Create(truth),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        _ => throw new ArgumentException($"An argument of type {value.GetType().Name} cannot be handed to a tool; use a Template, a text, a number, a boolean or a JsonNode."),
    };
}
