using AgentRouter.Expressions;
using AgentRouter.Tools;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Tests.Engine;

/// <summary>A tool source made of delegates.</summary>
internal sealed class FakeTools(string name) : IToolSource
{
    private readonly List<OpenTool> _tools = [];

    public string Name => name;

    public IReadOnlyList<ToolDescription>? Descriptions => [.. _tools.Select(tool => tool.Description)];

    public ToolContext? Opened { get; private set; }

    public bool Closed { get; private set; }

    public bool FailsToClose { get; init; }

    public FakeTools Add(string tool, Delegate function, bool isIdempotent = false, bool isReadOnly = false)
    {
        var description = new ToolDescription($"{name}.{tool}", $"The tool {tool}.", DataType.Any) { IsIdempotent = isIdempotent };
        _tools.Add(new OpenTool(description, AIFunctionFactory.Create(function, new AIFunctionFactoryOptions
        {
            Name = description.FunctionName,
            AdditionalProperties = isReadOnly ? new Dictionary<string, object?> { [ToolTraits.ReadOnlyKey] = true } : null,
        })));
        return this;
    }

    public ValueTask<IToolSession> OpenAsync(ToolContext context, CancellationToken cancellationToken = default)
    {
        Opened = context;
        return new(new Session(this));
    }

    private sealed class Session(FakeTools source) : IToolSession
    {
        public IReadOnlyList<OpenTool> Tools => source._tools;

        public ValueTask DisposeAsync()
        {
            source.Closed = true;
            return source.FailsToClose ? throw new IOException("The door is stuck.") : default;
        }
    }
}
