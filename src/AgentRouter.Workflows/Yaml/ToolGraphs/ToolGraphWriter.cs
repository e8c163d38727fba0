using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Expressions;
using AgentRouter.Pricing;
using AgentRouter.Tools.Capabilities;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml.ToolGraphs;

/// <summary>Writes a tool graph as a file that <see cref="ToolGraphLoader"/> reads: what was imported, to go on from.</summary>
public static class ToolGraphWriter
{
    /// <summary>Writes a graph. What is as it is by default is left out.</summary>
    /// <param name="graph">The graph.</param>
    public static string Write(CapabilityGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var root = new YamlMappingNode();
        if (graph.Facts.Count > 0)
            root.Add("facts", Mapping(graph.Facts.Select(fact => (fact.Name, Fact(fact)))));
        HashSet<string> goals = [.. graph.Goals.Select(goal => goal.Name)];
        (string, YamlNode)[] descriptions = [.. graph.Descriptions.Where(description => !goals.Contains(description.Key)).Select(description => (description.Key, Text(description.Value)))];
        if (descriptions.Length > 0)
            root.Add("capabilities", Mapping(descriptions));
        root.Add("tools", Mapping(graph.Tools.Select(tool => (tool.Name, Tool(tool)))));
        if (graph.Goals.Count > 0)
            root.Add("goals", Mapping(graph.Goals.Select(goal => (goal.Name, Goal(goal, graph.Descriptions.GetValueOrDefault(goal.Name))))));
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(writer, assignAnchors: false);
        string text = writer.ToString();
        // the mark of a document's end
        return text.EndsWith("...\n", StringComparison.Ordinal) ? text[..^4] : text;
    }

    private static YamlNode Fact(CapabilityFact fact)
    {
        if (fact.Description is null && fact.Type is not DataType.Object)
            return Type(fact.Type);
        var map = new YamlMappingNode { Style = MappingStyle.Flow };
        map.Add("type", Type(fact.Type));
        if (fact.Description is { } description)
            map.Add("description", Text(description));
        return map;
    }

    private static YamlMappingNode Tool(CapabilityTool tool)
    {
        var standard = new CapabilityTool { Name = tool.Name, Provides = tool.Provides };
        var map = new YamlMappingNode();
        if (tool.Tool != tool.Name)
            map.Add("tool", Text(tool.Tool));
        map.Add("provides", Names(tool.Provides));
        if (tool.Needs.Count > 0)
            map.Add("needs", Names(tool.Needs));
        if (tool.Arguments.Count > 0)
            map.Add("with", Mapping(tool.Arguments.Select(argument => (argument.Key, Argument(argument.Value)))));
        Add("effect", tool.Effect, standard.Effect, effect => Word(effect));
        Add("cost", tool.Cost, standard.Cost, cost => Plain(cost.ToString("R", CultureInfo.InvariantCulture)));
        Add("usd", tool.Price, Money.Zero, price => Plain(price.ToUsd().ToString(CultureInfo.InvariantCulture)));
        Add("timeout", tool.Timeout, standard.Timeout, Duration);
        Add("attempts", tool.Attempts, standard.Attempts, attempts => Plain(attempts.ToString(CultureInfo.InvariantCulture)));
        Add("risk", tool.Risk, standard.Risk, risk => Word(risk));
        Add("amount", tool.Amount, null, amount => Text(amount!));
        if (tool.Result != DataType.Any)
            map.Add("result", Type(tool.Result));
        Add("nonEmpty", tool.IsResultPromised, false, _ => Plain("true"));
        Add("check", tool.Check, null, check => Text(check!));
        Add("undo", tool.Undo, null, undo => Text(undo!));
        Add("callsPerMinute", tool.CallsPerMinute, null, calls => Plain(calls!.Value.ToString(CultureInfo.InvariantCulture)));
        return map;

        void Add<T>(string key, T value, T standardValue, Func<T, YamlNode> write)
        {
            if (!EqualityComparer<T>.Default.Equals(value, standardValue))
                map.Add(key, write(value));
        }
    }

    private static YamlNode Goal(CapabilityGoal goal, string? description)
    {
        if (description is null && goal.Lesser.Count == 0)
            return Names(goal.Needs, alwaysList: true);
        var map = new YamlMappingNode();
        if (description is not null)
            map.Add("description", Text(description));
        map.Add("needs", Names(goal.Needs));
        if (goal.Lesser.Count > 0)
            map.Add("lesser", new YamlSequenceNode(goal.Lesser.Select(Lesser)));
        return map;
    }

    private static YamlMappingNode Lesser(LesserGoal goal)
    {
        var map = new YamlMappingNode { Style = MappingStyle.Flow };
        map.Add("name", Text(goal.Name));
        if (goal.Needs.Count > 0)
            map.Add("needs", Names(goal.Needs));
        return map;
    }

    private static YamlNode Argument(object value) => value switch
    {
        Template template => Quoted(template.Text),
        JsonNode json => Json(json),
        string text => Quoted(text),
        _ => Json(JsonSerializer.SerializeToNode(value)),
    };

    private static YamlNode Json(JsonNode? value)
    {
        if (value is JsonObject fields)
            return new YamlMappingNode(fields.Select(field => KeyValuePair.Create<YamlNode, YamlNode>(Text(field.Key), Json(field.Value)))) { Style = MappingStyle.Flow };
        if (value is JsonArray items)
            return new YamlSequenceNode(items.Select(Json)) { Style = SequenceStyle.Flow };
        return value?.GetValueKind() == JsonValueKind.String ? Quoted(value.GetValue<string>()) : Plain(value?.ToJsonString() ?? "null");
    }

    private static YamlNode Type(DataType type) => type switch
    {
        DataType.List list when list.Element == DataType.Any => Plain("list"),
        DataType.List list => new YamlSequenceNode(Type(list.Element)) { Style = SequenceStyle.Flow },
        DataType.Object { Fields.Count: > 0 } fields => new YamlMappingNode(fields.Fields.Select(field => KeyValuePair.Create<YamlNode, YamlNode>(Text(field.Key), Type(field.Value)))) { Style = MappingStyle.Flow },
        // the file cannot say that it is an object of which nothing is known
        DataType.Object => Plain("any"),
        _ => Plain(type.ToString()),
    };

    private static YamlScalarNode Duration(TimeSpan time) => Plain(time.Ticks % TimeSpan.TicksPerSecond == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalSeconds}s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Max(1, time.TotalMilliseconds)}ms"));

    private static YamlMappingNode Mapping<T>(IEnumerable<(string Key, T Value)> entries)
        where T : YamlNode =>
        new(entries.Select(entry => KeyValuePair.Create<YamlNode, YamlNode>(Text(entry.Key), entry.Value)));

    private static YamlNode Names(IReadOnlyList<string> names, bool alwaysList = false) =>
        names is [var only] && !alwaysList ? Text(only) : new YamlSequenceNode(names.Select(Text)) { Style = SequenceStyle.Flow };

    private static YamlScalarNode Word(Enum value) => Plain(value.ToString().ToLowerInvariant());

    private static YamlNode Text(string text) => text is not ("null" or "true" or "false") && text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.') ? Plain(text) : Quoted(text);

    private static YamlScalarNode Plain(string text) => new(text);

    private static YamlScalarNode Quoted(string text) => new(text) { Style = ScalarStyle.DoubleQuoted };
}
