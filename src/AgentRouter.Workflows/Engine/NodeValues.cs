using System.Text.Json.Nodes;
using AgentRouter.Expressions;

namespace AgentRouter.Workflows.Engine;

/// <summary>Values that a definition hands to a tool or a nested workflow.</summary>
internal static class NodeValues
{
    /// <summary>Makes the value of an argument: a template is filled in, and one that is nothing but an expression keeps its type.</summary>
    public static JsonNode? Resolve(object? value, IExpressionScope scope) => value switch
    {
        null => null,
        Template template => template.RenderValue(scope).ToJson(),
        JsonNode node => node.DeepClone(),
        string text => JsonValue.Create(text),
        bool truth => JsonValue.Create(truth),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        _ => throw new NodeFailedException($"A value of type {value.GetType().Name} cannot be handed over; use a Template, a text, a number, a boolean or a JsonNode."),
    };
}
