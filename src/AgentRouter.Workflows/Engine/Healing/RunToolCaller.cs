using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Engine.Healing;

/// <summary>Calls the tools of paths as all tools of a run are called: in the budget, in the record, and asked about where the workflow says so.</summary>
internal sealed class RunToolCaller(RunSession run) : IToolCaller
{
    private readonly ConcurrentDictionary<OpenTool, ToolParameters> _parameters = new(ReferenceEqualityComparer.Instance);

    public ToolParameters? Find(CapabilityTool tool) => run.Tools.TryFind(tool.Tool) is { } open
        ? _parameters.GetOrAdd(open, static open => new ToolParameters(open.Description.Parameters ?? ParametersOf(open.Function), open.Description.RequiredParameters))
        : null;

    public async ValueTask<ToolCallResult> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (run.Tools.TryFind(call.Tool.Tool) is not { } tool)
            return ToolCallResult.Failed(new ToolFailure(ToolFailureKind.Gone, $"There is no tool '{call.Tool.Tool}'."));
        var arguments = new AIFunctionArguments();
        foreach ((string name, JsonNode? value) in call.Arguments)
            arguments[name] = value is null ? null : JsonSerializer.SerializeToElement(value);
        ToolOutcome outcome = await run.ToolCalls.CallAsync(tool, arguments, call.CallId, cancellationToken, call);
        return outcome.Error is null
            ? ToolCallResult.Done(ToolJson.Node(outcome.Value))
            : ToolCallResult.Failed(outcome.Failure ?? new ToolFailure(ToolFailureKind.Declared, outcome.Error));
    }

    private static IReadOnlyList<string>? ParametersOf(AIFunction function) =>
        function.JsonSchema.ValueKind == JsonValueKind.Object && function.JsonSchema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object
            ? [.. properties.EnumerateObject().Select(property => property.Name)]
            : null;
}
