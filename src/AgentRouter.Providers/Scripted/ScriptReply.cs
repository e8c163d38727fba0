using AgentRouter.Failures;

namespace AgentRouter.Providers.Scripted;

/// <summary>One reply of a script: a text, tool calls, or both; or a failure.</summary>
public sealed record ScriptReply
{
    /// <summary>Gets when the reply fits. The default fits always.</summary>
    public ScriptCondition When { get; init; } = new();

    /// <summary>Gets the text. <c>{{1}}</c> and <c>{{name}}</c> stand for the groups of <see cref="ScriptCondition.LastResultMatches"/>.</summary>
    public string? Say { get; init; }

    /// <summary>Gets the tool calls.</summary>
    public IReadOnlyList<ScriptToolCall> Calls { get; init; } = [];

    /// <summary>Gets how the call fails, or <see langword="null"/> when it is answered. A failed call says <see cref="Say"/> and calls no tool.</summary>
    public FailureClass? Fail { get; init; }

    /// <summary>Gets how often each model gives the reply; after that it does not fit any more. <see langword="null"/> for always.</summary>
    public int? Times { get; init; }

    /// <summary>Gets how long the reply takes; <see langword="null"/> takes as long as the script says.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>Gets where the reply was read from, as file:line:column; empty when it was built in code.</summary>
    public string Location { get; init; } = "";
}
