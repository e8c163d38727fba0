using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Files;

namespace AgentRouter.Onnx.Pulling;

/// <summary>Exactly which bytes a model is made of: its commit, and every file's size and hash.</summary>
/// <param name="Model">The model's owner and name.</param>
/// <param name="Revision">The revision that was asked for.</param>
/// <param name="Commit">The commit that it was.</param>
/// <param name="Files">The files, by path.</param>
public sealed record ModelLock(string Model, string Revision, string Commit, IReadOnlyList<LockedFile> Files)
{
    /// <summary>The file's name in a model's folder.</summary>
    public const string FileName = "model.lock.json";

    private const int MaxBytes = 1024 * 1024;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, AllowDuplicateProperties = false, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>Reads a lock.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="ConfigurationException">It is no lock.</exception>
    public static ModelLock Read(string file)
    {
        if (new FileInfo(file).Length > MaxBytes)
            throw new ConfigurationException($"{file} is too long for a lock of a model.");
        try
        {
            ModelLock read = JsonSerializer.Deserialize<ModelLock>(File.ReadAllText(file), Json) ?? throw new JsonException("it is empty");
            return read.Check(file);
        }
        catch (JsonException e)
        {
            throw new ConfigurationException($"{file} is no lock of a model: {JsonProblem.Of(e)}. Delete it, and pull the model again.", e);
        }
    }

    /// <summary>Writes the lock: a file beside its place that is moved there when it is whole.</summary>
    /// <param name="file">The file.</param>
    public void Write(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        WholeFile.Replace(file, temporary => File.WriteAllText(temporary, JsonSerializer.Serialize(this, Json) + "\n"));
    }

    private ModelLock Check(string file)
    {
        ModelName.Parse(Model);
        if (Commit.Length != 40 || !Commit.All(char.IsAsciiHexDigitLower))
            throw new ConfigurationException($"{file}: '{Commit}' is no commit. Delete the lock, and pull the model again.");
        foreach (LockedFile? locked in Files)
        {
            if (locked is null)
                throw new ConfigurationException($"{file} names a file that is null. Delete the lock, and pull the model again.");
            if (!HubPath.IsSafe(locked.Path) || locked.Size < 0 || locked.Sha256.Length != 64 || !locked.Sha256.All(char.IsAsciiHexDigitLower))
                throw new ConfigurationException($"{file}: '{locked.Path}' has no path, size and hash that can be used. Delete the lock, and pull the model again.");
        }

        return Files.Count > 0 ? this : throw new ConfigurationException($"{file} names no files. Delete it, and pull the model again.");
    }
}

/// <summary>A file of a model.</summary>
/// <param name="Path">Its path in the folder, with slashes.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Its hash, 64 hexadecimal digits in lower case.</param>
public sealed record LockedFile(string Path, long Size, string Sha256);
