using AgentRouter.Models;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads what puts skills in order: <c>judge: { onnx: FOLDER, device: auto, depth: 20 }</c>.</summary>
internal sealed class RerankerReader(YamlFile file)
{
    private const string DepthKey = "depth";

    public IReadOnlyDictionary<string, RerankerProfile> Read(MapReader? map)
    {
        var profiles = new Dictionary<string, RerankerProfile>();
        foreach ((string name, YamlNode key, YamlNode value) in map?.All() ?? [])
        {
            if (SkillsReader.RerankWords.Contains(name))
                file.Error(key, $"A reranker cannot be called '{name}': 'rerank: {name}' means something else.", "Give it another name.");
            profiles[name] = One(new MapReader(file, value, $"rerankers '{name}'", key), name);
        }

        return profiles;
    }

    private static RerankerProfile One(MapReader map, string name)
    {
        map.Require(OnnxSettings.FolderKey, $"{OnnxSettings.FolderKey}: the folder of a model that judges two texts");
        var profile = new RerankerProfile
        {
            Name = name,
            Onnx = OnnxSettings.Folder(map) ?? "",
            Device = OnnxSettings.Device(map),
            MaxTokens = OnnxSettings.MaxTokens(map),
            Depth = (int?)map.Integer(DepthKey, RerankerProfile.LeastDepth, RerankerProfile.MaxDepth) ?? RerankerProfile.DefaultDepth,
        };
        map.Finish();
        return profile;
    }
}
