using System.Text.Json.Nodes;
using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Tools.Healing.Goals;

/// <summary>What is known on the way to a goal: what the caller gave, and what tools returned. Used by one goal at a time; reads of templates see it as it is.</summary>
internal sealed class GoalFacts : IExpressionScope
{
    private readonly Dictionary<string, JsonNode?> _values = new(StringComparer.Ordinal);

    /// <summary>Gets the names of what is known, in the order in which it became known.</summary>
    public IEnumerable<string> Names => _values.Keys;

    public bool Has(string name) => _values.ContainsKey(name);

    public bool HasAll(IReadOnlyList<string> names)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (!Has(names[i]))
                return false;
        }

        return true;
    }

    public bool TryGet(string name, out JsonNode? value) => _values.TryGetValue(name, out value);

    public void Set(string name, JsonNode? value) => _values[name] = value;

    public void Forget(string name) => _values.Remove(name);

    /// <summary>Gives each capability of a tool its part of the result.</summary>
    public void SetAll(CapabilityTool tool, JsonNode? result)
    {
        foreach (string capability in tool.Provides)
            Set(capability, result is JsonObject fields && fields.TryGetPropertyValue(capability, out JsonNode? field) ? field?.DeepClone() : result?.DeepClone());
    }

    /// <summary>Finds a fact, or something in it: <c>order.total</c>.</summary>
    public JsonNode? Find(ReadOnlySpan<char> path)
    {
        JsonNode? at = null;
        bool isFirst = true;
        foreach (Range part in path.Split('.'))
        {
            string name = path[part].ToString();
            at = isFirst ? _values.GetValueOrDefault(name) : (at as JsonObject)?[name];
            isFirst = false;
        }

        return at;
    }

    public JsonObject ToJson() => new(_values.Select(value => KeyValuePair.Create(value.Key, value.Value?.DeepClone())));

    /// <summary>Gives away what is known: the facts are not used any more.</summary>
    public JsonObject GiveAway()
    {
        var all = new JsonObject();
        foreach ((string name, JsonNode? value) in _values)
            all.Add(name, value);
        _values.Clear();
        return all;
    }

    /// <inheritdoc/>
    ExpressionValue IExpressionScope.Find(string name) => _values.TryGetValue(name, out JsonNode? value) ? ExpressionValue.From(value) : ExpressionValue.Null;

    /// <inheritdoc/>
    int IExpressionScope.Visits(string node) => 0;
}
