using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Functions;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tools.Healing.Calls;

/// <summary>Calls functions of the application as they are: without a workflow around them.</summary>
public sealed class FunctionToolCaller : IToolCaller
{
    private readonly FrozenDictionary<string, (AIFunction Function, ToolParameters Parameters)> _functions;

    /// <summary>Makes a caller.</summary>
    /// <param name="functions">The functions, under the names by which <see cref="CapabilityTool.Tool"/> knows them; the caller owns what they use.</param>
    public FunctionToolCaller(IReadOnlyDictionary<string, AIFunction> functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        _functions = Open(functions);
    }

    /// <summary>Makes a caller of functions under their own names.</summary>
    /// <param name="functions">The functions; the caller owns what they use.</param>
    /// <exception cref="ArgumentException">Two functions have one name.</exception>
    public FunctionToolCaller(IEnumerable<AIFunction> functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        _functions = Open(functions.Select(function => KeyValuePair.Create(function.Name, function)));
    }

    /// <summary>Makes a caller of open tools, under their full names.</summary>
    /// <param name="tools">The tools; they must stay open as long as the caller is used.</param>
    /// <exception cref="ArgumentException">Two tools have one name.</exception>
    public FunctionToolCaller(IEnumerable<OpenTool> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        _functions = Open(tools.Select(tool => KeyValuePair.Create(tool.Description.FullName, tool.Function)));
    }

    /// <inheritdoc/>
    public ToolParameters? Find(CapabilityTool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return _functions.TryGetValue(tool.Tool, out (AIFunction Function, ToolParameters Parameters) open) ? open.Parameters : null;
    }

    /// <inheritdoc/>
    public async ValueTask<ToolCallResult> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (!_functions.TryGetValue(call.Tool.Tool, out (AIFunction Function, ToolParameters Parameters) open))
            return ToolCallResult.Failed(new ToolFailure(ToolFailureKind.Gone, $"There is no tool '{call.Tool.Tool}'."));
        AIFunctionArguments arguments = ArgumentsOf(call, open.Parameters);
        try
        {
            // a function that works without awaiting must not keep the goal from noticing its time
            return ToolCallResult.Done(ToNode(await Task.Run(async () => await open.Function.InvokeAsync(arguments, cancellationToken), cancellationToken)));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (JsonException) when (Misfit(open.Function, call.Arguments) is { } misfit)
        {
            return ToolCallResult.Failed(new ToolFailure(ToolFailureKind.WrongArguments, $"{call.Tool.Tool} was not called: {misfit}"));
        }
        catch (Exception exception) when (ToolFailures.IsBinding(exception))
        {
            return ToolCallResult.Failed(new ToolFailure(ToolFailureKind.WrongArguments, ToolFailures.Shorten(exception.Message)));
        }
        catch (Exception exception)
        {
            return ToolCallResult.Failed(ToolFailures.Classify(exception));
        }
    }

    // a method is bound to its arguments before it is called: where one cannot be, the exception is not the method's own
    private static string? Misfit(AIFunction function, JsonObject arguments) => function.UnderlyingMethod is null
        ? null
        : JsonSchemaTypes.PropertyTypes(function.JsonSchema)
            .Select(parameter => arguments[parameter.Name] is { } value ? ResultCheck.Misfit(parameter.Name, parameter.Type, value) : null)
            .FirstOrDefault(misfit => misfit is not null);

    /// <summary>Makes the arguments of a function, with the call's key where the function takes one.</summary>
    private static AIFunctionArguments ArgumentsOf(ToolCall call, ToolParameters parameters)
    {
        var arguments = new AIFunctionArguments { Context = new Dictionary<object, object?> { [ToolTraits.IdempotencyKey] = call.IdempotencyKey } };
        foreach ((string name, JsonNode? value) in call.Arguments)
            arguments[name] = value is null ? null : JsonSerializer.SerializeToElement(value);
        if (!arguments.ContainsKey(ToolTraits.IdempotencyKey) && parameters.Names?.Contains(ToolTraits.IdempotencyKey) == true)
            arguments[ToolTraits.IdempotencyKey] = call.IdempotencyKey;
        return arguments;
    }

    private static FrozenDictionary<string, (AIFunction Function, ToolParameters Parameters)> Open(IEnumerable<KeyValuePair<string, AIFunction>> functions) => functions.ToFrozenDictionary(
        function => function.Key,
        function => (function.Value, new ToolParameters(JsonSchemaTypes.Properties(function.Value.JsonSchema), JsonSchemaTypes.Required(function.Value.JsonSchema))),
        StringComparer.Ordinal);

    private static JsonNode? ToNode(object? result) => result switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        JsonElement element => JsonSerializer.SerializeToNode(element),
        _ => JsonSerializer.SerializeToNode(result, AIJsonUtilities.DefaultOptions.GetTypeInfo(result.GetType())),
    };
}
