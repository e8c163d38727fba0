using AgentRouter.Configuration;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads where runs are recorded: <c>runs: FOLDER</c>, or <c>runs: { folder: FOLDER, durability: sync }</c>.</summary>
internal static class RunStoreReader
{
    private const string Key = "runs";

    private static readonly Dictionary<string, RunDurability> Durabilities = new()
    {
        ["async"] = RunDurability.Async,
        ["sync"] = RunDurability.Sync,
    };

    public static RunStoreSettings Read(MapReader configuration)
    {
        if (configuration.Find(Key) is not YamlMappingNode)
            return new RunStoreSettings { Folder = configuration.Folder(Key) };
        MapReader map = configuration.Map(Key)!;
        var settings = new RunStoreSettings { Folder = map.Folder("folder"), Durability = Durability(map) ?? RunDurability.Async };
        map.Finish();
        return settings;
    }

    private static RunDurability? Durability(MapReader map)
    {
        if (map.Find("durability") is not YamlScalarNode { Value: "memory" } memory)
            return map.Choice("durability", Durabilities);
        map.File.Error(
            memory, $"{MapReader.Capital(map.Of("durability"))} cannot be memory: nothing of a run would be left when its command ends.",
            "Write async or sync. A program of your own can keep runs in memory: SqliteRunStoreOptions.Durability.");
        return null;
    }
}
