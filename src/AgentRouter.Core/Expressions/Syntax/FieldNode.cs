using System.Text.Json.Nodes;
using AgentRouter.Suggestions;

namespace AgentRouter.Expressions.Syntax;

/// <summary>A field of an object: <c>test.exitCode</c>, <c>test['exit-code']</c>.</summary>
internal sealed class FieldNode(ExpressionNode owner, string name, int namePosition) : ExpressionNode(owner.Position)
{
    public override DataType Check(ExpressionNames names)
    {
        DataType type = owner.Check(names);
        if (type == DataType.Any)
            return DataType.Any;
        if (type is not DataType.Object { Fields: var fields })
            throw new ExpressionException($"A {type} has no field '{name}'.{(name is "length" or "count" or "Length" or "Count" ? " Use length(…)." : "")}", namePosition);
        if (fields.TryGetValue(name, out DataType? field))
            return field;
        string? hint = Suggestion.Sentence(name, fields.Keys);
        throw new ExpressionException($"There is no field '{name}'.{(hint is null ? "" : " " + hint)}", namePosition);
    }

    public override ExpressionValue Evaluate(IExpressionScope scope) =>
        owner.Evaluate(scope).Node is JsonObject json && json.TryGetPropertyValue(name, out JsonNode? value)
            ? ExpressionValue.From(value)
            : ExpressionValue.Null;
}
