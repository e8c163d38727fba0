using AgentRouter.Expressions;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tools.Functions;

/// <summary>Functions of the application as workflow tools: <c>NAME.function</c>. A Semantic Kernel function is one, too.</summary>
public sealed class FunctionToolSource : IToolSource
{
    private readonly OpenTool[] _tools;

    /// <summary>Makes the source.</summary>
    /// <param name="name">The name that stands for all its tools in YAML: letters, digits, hyphens, underscores and dots.</param>
    /// <param name="functions">The functions; the caller owns what they use.</param>
    /// <exception cref="ArgumentException">The name is not usable, or two functions have one name.</exception>
    public FunctionToolSource(string name, IEnumerable<AIFunction> functions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(functions);
        if (!ToolNames.IsSourceName(name)) throw new ArgumentException($"'{name}' is no name for tools: use letters, digits, hyphens, underscores and dots.", nameof(name));

        Name = name;
        _tools = [.. functions.Select(Open)];
        if (_tools.GroupBy(tool => tool.Function.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two functions of '{name}' are named '{twice.First().Description.FullName}'.", nameof(functions));
        }

        Descriptions = [.. _tools.Select(tool => tool.Description)];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ToolDescription> Descriptions { get; }

    /// <summary>Gets the tools; they are always open.</summary>
    public IReadOnlyList<OpenTool> Tools => _tools;

    /// <inheritdoc/>
    public ValueTask<IToolSession> OpenAsync(ToolContext context, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IToolSession>(new Session(_tools));
    }

    private OpenTool Open(AIFunction function)
    {
        string fullName = ToolNames.FullName(Name, function.Name);
        DataType result = function.ReturnJsonSchema is { } schema ? JsonSchemaTypes.Read(schema) : DataType.Any;
        var description = new ToolDescription(fullName, function.Description, result)
        {
            Parameters = JsonSchemaTypes.Properties(function.JsonSchema),
            RequiredParameters = JsonSchemaTypes.Required(function.JsonSchema),
        };
        return new OpenTool(description, new NamedFunction(description.FunctionName, function));
    }

    private sealed class Session(IReadOnlyList<OpenTool> tools) : IToolSession
    {
        public IReadOnlyList<OpenTool> Tools => tools;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class NamedFunction(string name, AIFunction inner) : DelegatingAIFunction(inner)
    {
        public override string Name => name;
    }
}
