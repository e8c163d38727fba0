using AgentRouter.Providers.Scripted;

namespace AgentRouter.Testing;

/// <summary>Writes in C# what scripted models answer: replies with conditions, the first that fits is given.</summary>
/// <remarks>It builds the same <see cref="Script"/> that a YAML file holds, and stands wherever a script is asked for.</remarks>
public sealed class TestScript
{
    private readonly string _name;
    private readonly List<ScriptReply> _replies = [];

    private TestScript(string name) => _name = name;

    /// <summary>Begins a script.</summary>
    /// <param name="name">Its name, shown when no reply fits.</param>
    public static TestScript For(string name = "test")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new TestScript(name);
    }

    /// <summary>Makes the script.</summary>
    /// <param name="script">The replies.</param>
    public static implicit operator Script(TestScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        return script.ToScript();
    }

    /// <summary>Begins a reply that is given when everything named here holds.</summary>
    /// <param name="role">The agent's role; <c>wrapUp</c> for the last answer of a task whose budget is used up.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="node">The node.</param>
    /// <param name="visit">The visit of the node, from 1.</param>
    /// <param name="call">The LLM call since the last user message, from 1.</param>
    /// <param name="tier">The model's tier.</param>
    /// <param name="model">The model.</param>
    /// <param name="lastTool">The tool whose result came last, as <c>workspace.read</c> or <c>workspace_read</c>.</param>
    /// <param name="lastResultContains">A text in the last tool's result.</param>
    /// <param name="messageContains">A text in any message, the instructions included.</param>
    public TestReply When(
        string? role = null, string? agent = null, string? node = null, int? visit = null, int? call = null, string? tier = null,
        string? model = null, string? lastTool = null, string? lastResultContains = null, string? messageContains = null) =>
        When(new ScriptCondition
        {
            Role = Of(role),
            Agent = Of(agent),
            Node = Of(node),
            Visit = visit is { } visits ? [visits] : [],
            Call = call is { } calls ? [calls] : [],
            Tier = Of(tier),
            Model = Of(model),
            LastTool = lastTool is null ? [] : [TestReply.FunctionName(lastTool)],
            LastResultContains = Of(lastResultContains),
            MessageContains = Of(messageContains),
        });

    /// <summary>Begins a reply that is given when a condition holds.</summary>
    /// <param name="condition">The condition, with lists of values and patterns where one value is not enough.</param>
    public TestReply When(ScriptCondition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return new TestReply(this, condition);
    }

    /// <summary>Begins a reply that always fits; what follows it is given only once it is used up.</summary>
    public TestReply Always() => new(this, new ScriptCondition());

    /// <summary>Makes the script.</summary>
    public Script ToScript() => new() { Name = _name, Replies = [.. _replies] };

    internal TestScript Add(ScriptReply reply)
    {
        _replies.Add(reply with { Location = $"reply {_replies.Count + 1}" });
        return this;
    }

    private static IReadOnlyList<string> Of(string? value) => value is null ? [] : [value];
}
