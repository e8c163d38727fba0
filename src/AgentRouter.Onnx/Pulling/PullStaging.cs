namespace AgentRouter.Onnx.Pulling;

/// <summary>The folder that files come into before all are put in place.</summary>
/// <param name="folder">The model's folder.</param>
/// <param name="commit">The commit: files of another one do not mix.</param>
internal sealed class PullStaging(string folder, string commit)
{
    private readonly string _staging = $"{folder}.{commit[..Math.Min(12, commit.Length)]}.part";

    /// <summary>Gets where a file comes.</summary>
    public string At(string path) => Path.Combine(_staging, path);

    /// <summary>Finds a file that is there already: in place, or from a pull that was broken off.</summary>
    /// <returns>The hash of its bytes, or <see langword="null"/> when it has to be fetched.</returns>
    public async Task<string?> FindAsync(HubFile file, CancellationToken cancellationToken) =>
        await FileHashes.OfAsync(At(file.Path), file, cancellationToken).ConfigureAwait(false)
        ?? await FileHashes.OfAsync(Path.Combine(folder, file.Path), file, cancellationToken).ConfigureAwait(false);

    /// <summary>Puts what came in place, the lock last.</summary>
    public void PutInPlace(IReadOnlyList<HubFile> files, ModelLock written)
    {
        Directory.CreateDirectory(folder);
        foreach (HubFile file in files.Where(file => File.Exists(At(file.Path))))
        {
            string place = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Move(At(file.Path), place, overwrite: true);
        }

        written.Write(Path.Combine(folder, ModelLock.FileName));
        if (Directory.Exists(_staging))
            Directory.Delete(_staging, recursive: true);
    }
}
