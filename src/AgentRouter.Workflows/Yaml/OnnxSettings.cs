namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads what all models in folders have: <c>onnx: FOLDER</c>, <c>device</c>, <c>maxTokens</c>.</summary>
internal static class OnnxSettings
{
    public const string FolderKey = "onnx";
    public const string DeviceKey = "device";
    public const string MaxTokensKey = "maxTokens";

    private const int MostTokens = 1_000_000;

    private static readonly string[] Devices = ["auto", "cpu", "cuda"];

    /// <summary>Reads the folder, as an absolute path; <see langword="null"/> where none is named, or what is named is no path.</summary>
    public static string? Folder(MapReader map)
    {
        if (map.Text(FolderKey) is not { } written)
            return null;
        string? path = ProjectFolder.Resolve(map.File.Folder, written);
        if (path is null)
            map.File.Error(map.Find(FolderKey)!, $"'{written}' is not a path.");
        return path;
    }

    public static string? Device(MapReader map) => map.Word(DeviceKey, Devices);

    public static int? MaxTokens(MapReader map) => (int?)map.Integer(MaxTokensKey, 1, MostTokens);
}
