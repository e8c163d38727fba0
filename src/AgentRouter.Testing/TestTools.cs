using AgentRouter.Tools;
using AgentRouter.Tools.Functions;
using Microsoft.Extensions.AI;

namespace AgentRouter.Testing;

/// <summary>Tools made of delegates, under the name of the tools they stand in for.</summary>
/// <remarks>A delegate that throws <see cref="ToolException"/> fails as a real tool does: the model is told its message.</remarks>
/// <param name="name">The name that stands for all of them in a workflow: <c>workspace</c>.</param>
public sealed class TestTools(string name) : IToolSource
{
    private readonly List<AIFunction> _functions = [];
    private FunctionToolSource? _source;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<ToolDescription> Descriptions => Source.Descriptions;

    private FunctionToolSource Source => _source ??= new FunctionToolSource(name, _functions);

    /// <summary>Adds a tool.</summary>
    /// <param name="tool">Its name below the source's: <c>read</c> for <c>workspace.read</c>.</param>
    /// <param name="function">What it does. Its parameters are the tool's; it may be asynchronous and take a <see cref="CancellationToken"/>.</param>
    /// <param name="description">What a model is told of it.</param>
    /// <returns>These tools.</returns>
    public TestTools Add(string tool, Delegate function, string? description = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tool);
        ArgumentNullException.ThrowIfNull(function);
        _functions.Add(AIFunctionFactory.Create(function, tool, description ?? $"The tool {name}.{tool}."));
        _source = null;
        return this;
    }

    /// <inheritdoc/>
    public ValueTask<IToolSession> OpenAsync(ToolContext context, CancellationToken cancellationToken = default) =>
        Source.OpenAsync(context, cancellationToken);
}
