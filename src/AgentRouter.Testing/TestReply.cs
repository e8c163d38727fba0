using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Failures;
using AgentRouter.Providers.Scripted;
using Microsoft.Extensions.AI;

namespace AgentRouter.Testing;

/// <summary>A reply of a <see cref="TestScript"/> that has its condition and waits for what it says.</summary>
public sealed class TestReply
{
    private readonly TestScript _script;
    private readonly ScriptReply _reply;

    internal TestReply(TestScript script, ScriptCondition condition)
        : this(script, new ScriptReply { When = condition })
    {
    }

    private TestReply(TestScript script, ScriptReply reply)
    {
        _script = script;
        _reply = reply;
    }

    /// <summary>Lets the reply take time on the script's clock. Advance the clock of the test to let it arrive.</summary>
    /// <param name="latency">How long it takes.</param>
    public TestReply After(TimeSpan latency) => new(_script, _reply with { Latency = latency });

    /// <summary>Answers with a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="times">How often each model says it before the replies below are tried; <see langword="null"/> for always.</param>
    /// <returns>The script.</returns>
    public TestScript Says(string text, int? times = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return _script.Add(_reply with { Say = text, Times = times });
    }

    /// <summary>Calls a tool.</summary>
    /// <param name="tool">The tool, as <c>workspace.read</c> or <c>workspace_read</c>.</param>
    /// <param name="arguments">An object whose properties are the arguments: <c>new { path = "src/Cart.cs" }</c>.</param>
    /// <param name="times">How often each model makes the call before the replies below are tried; <see langword="null"/> for always.</param>
    /// <returns>The script.</returns>
    /// <exception cref="ArgumentException">The arguments are not an object.</exception>
    public TestScript Calls(string tool, object? arguments = null, int? times = null) =>
        _script.Add(_reply with { Calls = [new ScriptToolCall(FunctionName(tool), ToJson(arguments))], Times = times });

    /// <summary>Calls several tools at once.</summary>
    /// <param name="calls">The tools and their arguments.</param>
    /// <returns>The script.</returns>
    /// <exception cref="ArgumentException">The arguments of a call are not an object.</exception>
    public TestScript Calls(params (string Tool, object? Arguments)[] calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        return _script.Add(_reply with { Calls = [.. calls.Select(call => new ScriptToolCall(FunctionName(call.Tool), ToJson(call.Arguments)))] });
    }

    /// <summary>Lets the call fail.</summary>
    /// <param name="failure">How.</param>
    /// <param name="times">How often it fails with each model before the replies below are tried; <see langword="null"/> for always.</param>
    /// <param name="message">What the provider says.</param>
    /// <returns>The script.</returns>
    public TestScript Fails(FailureClass failure, int? times = null, string? message = null) =>
        _script.Add(_reply with { Fail = failure, Times = times, Say = message });

    internal static string FunctionName(string tool)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tool);
        return tool.Replace('.', '_');
    }

    private static JsonObject ToJson(object? arguments) => arguments switch
    {
        null => [],
        JsonObject json => (JsonObject)json.DeepClone(),
        _ => JsonSerializer.SerializeToNode(arguments, AIJsonUtilities.DefaultOptions) as JsonObject
            ?? throw new ArgumentException("The arguments of a tool call are an object: new { name = value }.", nameof(arguments)),
    };
}
