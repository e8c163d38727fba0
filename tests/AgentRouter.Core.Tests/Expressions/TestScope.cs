using System.Text.Json.Nodes;
using AgentRouter.Expressions;

namespace AgentRouter.Core.Tests.Expressions;

/// <summary>A scope over JSON, for tests.</summary>
internal sealed class TestScope(string json, params (string Node, int Count)[] visits) : IExpressionScope
{
    private readonly JsonObject _values = JsonNode.Parse(json)!.AsObject();
    private readonly Dictionary<string, int> _visits = visits.ToDictionary(pair => pair.Node, pair => pair.Count);

    public static ExpressionNames Names { get; } = new(
        new Dictionary<string, DataType>
        {
            ["inputs"] = new DataType.Object(new Dictionary<string, DataType> { ["issue"] = DataType.Text, ["count"] = DataType.Number }),
            ["test"] = new DataType.Object(new Dictionary<string, DataType> { ["exitCode"] = DataType.Number, ["output"] = DataType.Text, ["passed"] = DataType.Boolean }),
            ["items"] = new DataType.List(new DataType.Object(new Dictionary<string, DataType> { ["name"] = DataType.Text })),
            ["words"] = new DataType.List(DataType.Text),
            ["plan"] = DataType.Any,
            ["index"] = DataType.Number,
        },
        ["code", "test", "review"]);

    public ExpressionValue Find(string name) => ExpressionValue.From(_values[name]);

    public int Visits(string node) => _visits.GetValueOrDefault(node);
}
