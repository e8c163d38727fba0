using AgentRouter.Configuration;
using AgentRouter.Models;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads where memories are kept: <c>memory: FOLDER</c>, or <c>memory: { folder: FOLDER, weights: FILE, embeddings: NAME }</c>.</summary>
internal static class MemoryStoreReader
{
    private const string Key = "memory";
    private const string EmbeddingsKey = "embeddings";

    public static MemoryStoreSettings Read(MapReader configuration, IReadOnlyDictionary<string, EmbeddingProfile> embeddings)
    {
        if (configuration.Find(Key) is not YamlMappingNode)
            return new MemoryStoreSettings { Folder = configuration.Folder(Key) };
        MapReader map = configuration.Map(Key)!;
        var settings = new MemoryStoreSettings
        {
            Folder = map.Folder("folder"),
            Weights = map.ExistingFile("weights", "'agentrouter memory train' makes one."),
            Embeddings = map.Text(EmbeddingsKey),
        };
        if (settings.Embeddings is { } name && !embeddings.ContainsKey(name))
            map.File.Unknown(map.Find(EmbeddingsKey)!, $"There are no embeddings '{name}' in 'embeddings'.", name, embeddings.Keys);
        map.Finish();
        return settings;
    }
}
