using System.Text.Json;
using AgentRouter.Configuration;

namespace AgentRouter.Onnx.Folders;

/// <summary>A folder with a model's files. What it says is untrusted: files are bounded, and nothing outside it is read.</summary>
internal sealed class ModelFolder
{
    // the largest tokenizer.json of the models that are in use has some 17 MB
    private const int MaxJsonBytes = 64 * 1024 * 1024;

    /// <summary>Opens a folder.</summary>
    /// <exception cref="ConfigurationException">There is no such folder.</exception>
    public ModelFolder(string folder)
    {
        Path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
        if (!Directory.Exists(Path))
            throw new ConfigurationException($"There is no folder {folder}. Name one with a model: its config.json, its tokenizer and model.onnx. 'agentrouter models pull OWNER/NAME' fetches one.");
    }

    /// <summary>Gets the folder.</summary>
    public string Path { get; }

    /// <summary>Gets the folder's name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Makes the path of a file in the folder.</summary>
    /// <exception cref="ConfigurationException">It lies outside.</exception>
    public string At(string file)
    {
        string path = System.IO.Path.GetFullPath(file, Path);
        return path.StartsWith(Path + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ConfigurationException($"{file} lies outside of {Path}. Name a file in that folder.");
    }

    /// <summary>Finds the first of several files that is there.</summary>
    public string? Find(params ReadOnlySpan<string> files)
    {
        foreach (string file in files)
        {
            if (File.Exists(At(file)))
                return At(file);
        }

        return null;
    }

    /// <summary>Opens a folder in the folder; the same one for an empty name.</summary>
    public ModelFolder Inside(string folder) => folder.Length == 0 ? this : new ModelFolder(At(folder));

    /// <summary>Finds the model's file.</summary>
    /// <param name="named">The file that is asked for.</param>
    /// <exception cref="ConfigurationException">It is not there.</exception>
    public string ModelFile(string? named) => named is null
        ? Find("model.onnx", "onnx/model.onnx") ?? throw new ConfigurationException($"There is neither model.onnx nor onnx/model.onnx in {Path}. Export the model to ONNX, or name its file with ModelFile.")
        : Find(named) ?? throw new ConfigurationException($"There is no {named} in {Path}. ModelFile names a file in the model's folder.");

    /// <summary>Reads a JSON object.</summary>
    /// <param name="file">The file's name in the folder.</param>
    /// <returns>The object; <see langword="null"/> when there is no such file.</returns>
    /// <exception cref="ConfigurationException">It is no JSON object, or too long.</exception>
    public ModelJson? Json(string file)
    {
        if (Find(file) is not { } path)
            return null;
        if (new FileInfo(path).Length > MaxJsonBytes)
            throw new ConfigurationException($"{path} has more than {MaxJsonBytes / 1024 / 1024} MiB; it is read only up to that.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return new ModelJson(path, "", document.RootElement.Clone());
        }
        catch (JsonException e)
        {
            throw new ConfigurationException($"{path} is no JSON: {JsonProblem.Of(e)}.", e);
        }
    }
}
