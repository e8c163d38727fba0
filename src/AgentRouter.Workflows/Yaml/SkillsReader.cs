using AgentRouter.Skills.Use;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Yaml;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads the skills of an agent: <c>skills: [name, name]</c>, or <c>skills: { topK: 3, maxTokens: 4000, rerank: default, embeddings: NAME, from: [folder], names: [name] }</c>.</summary>
internal static class SkillsReader
{
    public const string Key = "skills";
    public const string NamesKey = "names";
    public const string EmbeddingsKey = "embeddings";
    public const string RerankKey = "rerank";
    public const string FromKey = "from";
    public const string RankerKey = "ranker";
    public const string FeedbackKey = "feedback";
    public const string LearnKey = "learn";

    private static readonly Dictionary<string, SkillRerank> Reranks = new() { ["default"] = SkillRerank.Default, ["none"] = SkillRerank.None, ["model"] = SkillRerank.Model };

    /// <summary>Gets the words of <c>rerank</c> that have a meaning of their own: no reranker can be called that.</summary>
    public static IReadOnlyCollection<string> RerankWords => Reranks.Keys;

    /// <summary>Reads the skills of an agent or node.</summary>
    public static SkillsDefinition? Read(MapReader owner, SourceMap sources)
    {
        if (owner.Find(Key) is not { } value)
            return null;
        if (value is YamlMappingNode)
            return Read(new MapReader(owner.File, value, owner.Of(Key)), sources, ofAgent: true);
        SkillsDefinition named = SkillsDefinition.Of(Values.Texts(owner.File, value, owner.Of(Key))) with { Location = owner.File.At(value) };
        return sources.Attach(named, owner.File, value);
    }

    /// <summary>Reads what holds for all agents of a workflow.</summary>
    public static SkillsDefinition? ReadDefaults(MapReader workflow, SourceMap sources) =>
        workflow.Map(Key) is { } map ? Read(map, sources, ofAgent: false) : null;

    private static SkillsDefinition Read(MapReader map, SourceMap sources, bool ofAgent)
    {
        string? rerank = map.Text(RerankKey);
        SkillRerank? known = rerank is not null && Reranks.TryGetValue(rerank, out SkillRerank word) ? word : null;
        var skills = new SkillsDefinition
        {
            Names = ofAgent ? map.Texts(NamesKey) ?? [] : [],
            TopK = (int?)map.Integer("topK", 0, SkillUseOptions.MaxTopK),
            MaxTokens = (int?)map.Integer("maxTokens", SkillUseOptions.LeastMaxTokens, SkillUseOptions.MostMaxTokens),
            Rerank = known,
            Reranker = known is null ? rerank : null,
            Embeddings = map.Text(EmbeddingsKey),
            Ranker = map.Find(RankerKey) is { } ranker ? PathOf(map, ranker, RankerKey) : null,
            From = map.Find(FromKey) is { } from ? [.. YamlReader.Items(from).Select(item => PathOf(map, item, FromKey)).OfType<string>()] : null,
            Feedback = map.Find(FeedbackKey) is { } file ? PathOf(map, file, FeedbackKey) : null,
            Learns = map.Boolean(LearnKey),
            Location = map.Location,
        };
        map.Finish();
        return sources.Attach(skills, map.File, map.Node);
    }

    private static string? PathOf(MapReader map, YamlNode item, string key)
    {
        if (Values.Text(map.File, item, map.Of(key)) is not { } path)
            return null;
        string? full = ProjectFolder.Resolve(map.File.Folder, path);
        if (full is null)
            map.File.Error(item, $"'{path}' is not a path.");
        return full;
    }
}
