using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Failures;
using AgentRouter.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Providers.Scripted;

/// <summary>Reads a script from YAML.</summary>
internal sealed class ScriptReader
{
    private const int MaxLatencyMs = 600_000;

    private static readonly string[] ScriptKeys = ["script", "description", "latencyMs", "replies"];
    private static readonly string[] ReplyKeys = ["when", "say", "call", "fail", "times", "latencyMs"];
    private static readonly string[] CallKeys = ["tool", "arguments"];
    private static readonly string[] ConditionKeys =
        ["model", "tier", "workflow", "node", "agent", "role", "visit", "call", "lastTool", "lastResultContains", "lastResultMatches", "messageContains"];

    private static readonly Dictionary<string, FailureClass> FailureNames =
        Enum.GetValues<FailureClass>().ToDictionary(failure => JsonNamingPolicy.CamelCase.ConvertName(failure.ToString()));

    private readonly YamlReader _yaml;

    private ScriptReader(YamlReader yaml) => _yaml = yaml;

    public static Script Read(string text, string file)
    {
        var yaml = new YamlReader(file);
        Script script = new ScriptReader(yaml).ReadScript(yaml.Parse(text), file);
        yaml.ThrowIfWrong();
        return script;
    }

    private Script ReadScript(YamlMappingNode root, string file)
    {
        var script = new Script { Name = "", SourceFile = file };
        List<ScriptReply> replies = [];
        foreach ((string key, YamlNode value) in _yaml.Entries(root, "a script", ScriptKeys))
        {
            switch (key)
            {
                case "script":
                    script = script with { Name = _yaml.Text(value, "script") };
                    break;
                case "description":
                    script = script with { Description = _yaml.Text(value, "description") };
                    break;
                case "latencyMs":
                    script = script with { Latency = Latency(value) };
                    break;
                default:
                    replies.AddRange(Sequence(value, "replies").Select(ReadReply));
                    break;
            }
        }

        if (script.Name.Length == 0)
            _yaml.Report(root, "the script has no name; add 'script: NAME'.");
        if (replies.Count == 0)
            _yaml.Report(root, "the script has no replies; add 'replies:' with at least one '- say: TEXT'.");
        return script with { Replies = replies };
    }

    private ScriptReply ReadReply(YamlNode node)
    {
        var reply = new ScriptReply { Location = _yaml.At(node) };
        foreach ((string key, YamlNode value) in _yaml.Entries(node, "a reply", ReplyKeys))
        {
            reply = key switch
            {
                "when" => reply with { When = ReadCondition(value) },
                "say" => reply with { Say = _yaml.Text(value, "say") },
                "call" => reply with { Calls = [.. YamlReader.Items(value).Select(ReadCall)] },
                "fail" => reply with { Fail = Failure(value) },
                "times" => reply with { Times = (int)_yaml.Integer(value, "times", 1, 1_000_000) },
                _ => reply with { Latency = Latency(value) },
            };
        }

        if (string.IsNullOrEmpty(reply.Say) && reply.Calls.Count == 0 && reply.Fail is null && node is YamlMappingNode)
            _yaml.Report(node, "the reply says nothing; add 'say: TEXT', 'call: [ { tool: NAME } ]' or 'fail: throttled'.");
        foreach (string problem in CompiledReply.Problems(reply))
            _yaml.Report(node, problem);
        return reply;
    }

    private ScriptCondition ReadCondition(YamlNode node)
    {
        var when = new ScriptCondition();
        foreach ((string key, YamlNode value) in _yaml.Entries(node, "when", ConditionKeys))
        {
            when = key switch
            {
                "model" => when with { Model = _yaml.Texts(value, key) },
                "tier" => when with { Tier = _yaml.Texts(value, key) },
                "workflow" => when with { Workflow = _yaml.Texts(value, key) },
                "node" => when with { Node = _yaml.Texts(value, key) },
                "agent" => when with { Agent = _yaml.Texts(value, key) },
                "role" => when with { Role = _yaml.Texts(value, key) },
                "visit" => when with { Visit = Numbers(value, key) },
                "call" => when with { Call = Numbers(value, key) },
                "lastTool" => when with { LastTool = _yaml.Texts(value, key) },
                "lastResultContains" => when with { LastResultContains = _yaml.Texts(value, key) },
                "lastResultMatches" => when with { LastResultMatches = _yaml.Text(value, key) },
                _ => when with { MessageContains = _yaml.Texts(value, key) },
            };
        }

        return when;
    }

    private ScriptToolCall ReadCall(YamlNode node)
    {
        string tool = "";
        JsonObject arguments = [];
        foreach ((string key, YamlNode value) in _yaml.Entries(node, "a call", CallKeys))
        {
            if (key == "tool")
                tool = _yaml.Text(value, "tool");
            else if (value is YamlMappingNode mapping)
                arguments = ToJson(mapping);
            else
                _yaml.Report(value, "arguments must be a mapping of 'name: value'.");
        }

        if (tool.Length == 0 && node is YamlMappingNode)
            _yaml.Report(node, "the call names no tool; add 'tool: NAME'.");
        return new ScriptToolCall(tool, arguments);
    }

    private JsonObject ToJson(YamlMappingNode mapping)
    {
        JsonObject json = [];
        foreach ((string key, YamlNode value) in _yaml.Entries(mapping, "arguments"))
            json[key] = ToJson(value);
        return json;
    }

    private JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => ToJson(mapping),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => PlainToJson(plain.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    /// <summary>The values of YAML's core schema: null, true, false and numbers; everything else is text.</summary>
    private static JsonValue? PlainToJson(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => JsonValue.Create(whole),
        _ when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    private IEnumerable<YamlNode> Sequence(YamlNode node, string what)
    {
        if (node is YamlSequenceNode list)
            return list.Children;
        _yaml.Report(node, $"{what} must be a list.");
        return [];
    }

    private List<int> Numbers(YamlNode node, string what) =>
        [.. YamlReader.Items(node).Select(item => (int)_yaml.Integer(item, what, 1, 1_000_000))];

    private FailureClass? Failure(YamlNode node)
    {
        string name = _yaml.Text(node, "fail");
        if (FailureNames.TryGetValue(name, out FailureClass failure))
            return failure;
        _yaml.Report(node, $"'{name}' is no failure; write one of {string.Join(", ", FailureNames.Keys)}.");
        return null;
    }

    private TimeSpan Latency(YamlNode node) => TimeSpan.FromMilliseconds(_yaml.Integer(node, "latencyMs", 0, MaxLatencyMs));
}
