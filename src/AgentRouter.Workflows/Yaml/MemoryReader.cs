using AgentRouter.Expressions;
using AgentRouter.Memory.Use;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads the memory of a workflow, agent or node: <c>memory: project:shop</c>, which is read and written, <c>memory: [scope, scope]</c>, which are read,
/// <c>memory: { read: [scope], write: scope, tokens: 800, topK: 6, tools: true, remembers: none, effort: low }</c>, or <c>memory: false</c>.</summary>
internal static class MemoryReader
{
    public const string Key = "memory";
    public const string ReadKey = "read";
    public const string WriteKey = "write";
    public const string ToolsKey = "tools";
    public const string RemembersKey = "remembers";
    public const string EffortKey = "effort";

    private static readonly Dictionary<string, MemoryRemembers> Remembers = new() { ["none"] = MemoryRemembers.None, ["turns"] = MemoryRemembers.Turns, ["answers"] = MemoryRemembers.Answers, ["facts"] = MemoryRemembers.Facts };

    private static readonly Dictionary<string, MemoryEffort> Efforts = new() { ["low"] = MemoryEffort.Low, ["medium"] = MemoryEffort.Medium, ["high"] = MemoryEffort.High, ["auto"] = MemoryEffort.Auto };

    /// <summary>Reads a memory.</summary>
    public static MemoryDefinition? Read(MapReader owner, SourceMap sources)
    {
        if (owner.Find(Key) is not { } value)
            return null;
        return value switch
        {
            YamlMappingNode => Whole(new MapReader(owner.File, value, owner.Of(Key)), sources),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" } => sources.Attach(new MemoryDefinition { IsOff = true, Location = owner.File.At(value) }, owner.File, value),
            _ => sources.Attach(Named(owner, value) with { Location = owner.File.At(value) }, owner.File, value),
        };
    }

    private static MemoryDefinition Named(MapReader owner, YamlNode value)
    {
        IReadOnlyList<Template> scopes = Scopes(owner.File, value, owner.Of(Key));
        return new MemoryDefinition { Read = scopes, Write = value is YamlScalarNode && scopes is [var only] ? only : null };
    }

    private static MemoryDefinition Whole(MapReader map, SourceMap sources)
    {
        var memory = new MemoryDefinition
        {
            Read = map.Find(ReadKey) is { } read ? Scopes(map.File, read, map.Of(ReadKey)) : null,
            Write = map.Template(WriteKey),
            Tokens = (int?)map.Integer("tokens", MemoryUseOptions.LeastTokens, MemoryUseOptions.MostTokens),
            TopK = (int?)map.Integer("topK", 0, MemoryUseOptions.MaxTopK),
            Tools = map.Boolean(ToolsKey),
            Remembers = map.Choice(RemembersKey, Remembers),
            Effort = map.Choice(EffortKey, Efforts),
            Location = map.Location,
        };
        map.Finish();
        return sources.Attach(memory, map.File, map.Node);
    }

    private static IReadOnlyList<Template> Scopes(YamlFile file, YamlNode value, string what) =>
        [.. YamlReader.Items(value).Select(item => Values.Template(file, item, item == value ? what : $"an element of {what}")).OfType<Template>()];
}
