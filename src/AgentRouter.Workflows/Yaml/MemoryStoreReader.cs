using AgentRouter.Configuration;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads where memories are kept: <c>memory: FOLDER</c>, or <c>memory: { folder: FOLDER, weights: FILE }</c>.</summary>
internal static class MemoryStoreReader
{
    private const string Key = "memory";

    public static MemoryStoreSettings Read(MapReader configuration)
    {
        if (configuration.Find(Key) is not YamlMappingNode)
            return new MemoryStoreSettings { Folder = configuration.Folder(Key) };
        MapReader map = configuration.Map(Key)!;
        var settings = new MemoryStoreSettings { Folder = map.Folder("folder"), Weights = map.ExistingFile("weights", "'agentrouter memory train' makes one.") };
        map.Finish();
        return settings;
    }
}
