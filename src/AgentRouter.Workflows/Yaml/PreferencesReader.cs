using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads how route nodes learn: <c>preferences: FILE</c>, or <c>preferences: { file: FILE, exploration: 0, seed: 7 }</c>.</summary>
internal static class PreferencesReader
{
    public const string Key = "preferences";

    public static PreferencesDefinition Read(MapReader router, SourceMap sources)
    {
        var preferences = new PreferencesDefinition();
        if (router.Find(Key) is not { } value)
            return preferences;
        if (value is YamlScalarNode)
            return sources.Attach(preferences with { File = File(router, value, router.Of(Key)), Location = router.File.At(value) }, router.File, value);
        var map = new MapReader(router.File, value, router.Of(Key));
        preferences = preferences with
        {
            File = map.Find("file") is { } file ? File(map, file, map.Of("file")) : null,
            Exploration = (double?)map.Number("exploration", 0, 1) ?? preferences.Exploration,
            Seed = (int)(map.Integer("seed", 0, int.MaxValue) ?? preferences.Seed),
            Location = map.Location,
        };
        map.Finish();
        return sources.Attach(preferences, router.File, value);
    }

    private static string? File(MapReader map, YamlNode value, string what)
    {
        if (Values.Text(map.File, value, what) is not { } path)
            return null;
        string? full = ProjectFolder.Resolve(map.File.Folder, path);
        if (full is null)
            map.File.Error(value, $"'{path}' is not a path.");
        return full;
    }
}
