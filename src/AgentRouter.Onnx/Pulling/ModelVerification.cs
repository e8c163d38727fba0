using AgentRouter.Configuration;

namespace AgentRouter.Onnx.Pulling;

/// <summary>Checks a model's files against its lock. Asks no hub.</summary>
public static class ModelVerification
{
    /// <summary>Checks a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="lockFile">The lock; the one in the folder when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The lock, and the files that are missing or not what it says.</returns>
    /// <exception cref="ConfigurationException">There is no lock.</exception>
    public static async Task<(ModelLock Lock, IReadOnlyList<string> Wrong)> CheckAsync(string folder, string? lockFile = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string file = lockFile ?? Path.Combine(folder, ModelLock.FileName);
        if (!File.Exists(file))
            throw new ConfigurationException($"There is no {file}. 'agentrouter models pull OWNER/NAME --to {folder}' writes it.");
        var locked = ModelLock.Read(file);
        var wrong = new List<string>();
        foreach (LockedFile each in locked.Files)
        {
            if (await FileHashes.OfAsync(Path.Combine(folder, each.Path), new HubFile(each.Path, each.Size, each.Sha256, null), cancellationToken).ConfigureAwait(false) is null)
                wrong.Add(each.Path);
        }

        return (locked, wrong);
    }
}
