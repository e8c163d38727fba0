using AgentRouter.Expressions;

namespace AgentRouter.Tools;

/// <summary>What is known of a tool before it is opened for a run.</summary>
/// <param name="FullName">Its name in YAML: <c>workspace.test</c>. Models see it with underscores: <c>workspace_test</c>.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="ResultType">The type of its result.</param>
public sealed record ToolDescription(string FullName, string Description, DataType ResultType)
{
    /// <summary>Gets the names of the parameters, for checking a workflow's arguments; <see langword="null"/> when not known before a run.</summary>
    public IReadOnlyList<string>? Parameters { get; init; }

    /// <summary>Gets the names of the parameters that must be given.</summary>
    public IReadOnlyList<string> RequiredParameters { get; init; } = [];

    /// <summary>Gets what the tool provides; the default is the tool's own name.</summary>
    public string Capability { get => field ?? FullName; init; }

    /// <summary>Gets a value indicating whether calling it twice does no more than calling it once.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>Gets the name by which models call it: letters, digits, hyphens and underscores.</summary>
    public string FunctionName => FullName.Replace('.', '_');
}
