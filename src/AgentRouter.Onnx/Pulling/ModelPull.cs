using AgentRouter.Configuration;

namespace AgentRouter.Onnx.Pulling;

/// <summary>Fetches a model from a hub that speaks the Hugging Face protocol: only what is needed, never code, every byte checked.</summary>
/// <remarks>
/// Files come into a folder beside the model's, and are put in place when all are whole and right; a pull that was broken off goes on where it was.
/// <c>model.lock.json</c> then holds the commit and the hash of every file. Where there is a lock already, exactly its bytes must come.
/// </remarks>
public sealed class ModelPull : IDisposable
{
    private readonly HttpClient _http;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes the puller.</summary>
    /// <param name="timeProvider">The clock.</param>
    public ModelPull(TimeProvider? timeProvider = null)
    {
        // redirects are followed by hand: the token is for the hub alone, and not every address may be called
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Fetches a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Where from and where to.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops; what has come is kept for the next time.</param>
    /// <exception cref="ConfigurationException">An address or lock cannot be used, or the lock is of another model or revision.</exception>
    /// <exception cref="ModelPullException">The hub cannot be reached or refuses, or what came is not what was promised.</exception>
    public async Task<PulledModel> RunAsync(ModelName model, ModelPullOptions options, IProgress<PullProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var hub = new HubAddress(options.Hub);
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Folder));
        ModelLock? locked = LockOf(model, options.LockFile ?? Path.Combine(folder, ModelLock.FileName));
        try
        {
            var client = new HubClient(_http, hub, options.Token);
            string revision = locked?.Revision ?? model.Revision ?? ModelName.MainRevision;
            string commit = locked?.Commit ?? await client.CommitAsync(model, revision, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<HubFile> files = locked is null
                ? Choose(model, await client.FilesAsync(model, commit, cancellationToken).ConfigureAwait(false), options.ModelFile)
                : [.. locked.Files.Select(file => new HubFile(file.Path, file.Size, file.Sha256, null))];
            var staging = new PullStaging(folder, commit);
            (IReadOnlyList<LockedFile> came, int fetched) = await FetchAsync(client, model, commit, files, staging, progress, cancellationToken).ConfigureAwait(false);
            var written = new ModelLock(model.Id, revision, commit, came);
            staging.PutInPlace(files, written);
            if (options.LockFile is { } file && locked is null)
                written.Write(file);
            return new PulledModel(written, fetched, locked is not null);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ModelPullException($"{hub} cannot be reached: {e.Message.TrimEnd('.')}. Without network, take these files from {hub}/{model.Id} by hand and put them into {folder}, each under its own path: {HubPath.ByHand}.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static ModelLock? LockOf(ModelName model, string file)
    {
        if (!File.Exists(file))
            return null;
        var locked = ModelLock.Read(file);
        if (!string.Equals(locked.Model, model.Id, StringComparison.OrdinalIgnoreCase))
            throw new ConfigurationException($"{file} is the lock of {locked.Model}, not of {model.Id}. Name another folder or lock.");
        return model.Revision is null || model.Revision == locked.Revision || model.Revision == locked.Commit
            ? locked
            : throw new ConfigurationException($"{file} locks {locked.Model} to {locked.Revision}, commit {locked.Commit}; {model.Revision} is asked for. Delete the lock to take that.");
    }

    private static HubFile[] Choose(ModelName model, IReadOnlyList<HubFile> files, string? named)
    {
        string chosen = HubPath.ModelOf([.. files.Select(file => file.Path)], named) ?? throw new ModelPullException(
            named is null
                ? $"{model} has no model.onnx and no onnx/model.onnx. {Others(files)}"
                : $"{model} has no {named}. {Others(files)}");
        return [.. files.Where(file => HubPath.IsNeeded(file.Path, chosen)).OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    private static string Others(IReadOnlyList<HubFile> files)
    {
        string[] models = [.. files.Select(file => file.Path).Where(path => path.EndsWith(".onnx", StringComparison.Ordinal)).Take(20)];
        return models.Length == 0 ? "It is not published as ONNX: take one that is, or export it." : $"It has {string.Join(", ", models)}: name one of them as the model's file.";
    }

    private async Task<(IReadOnlyList<LockedFile> Files, int Fetched)> FetchAsync(
        HubClient client, ModelName model, string commit, IReadOnlyList<HubFile> files, PullStaging staging, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        var download = new FileDownload(client, _timeProvider);
        var came = new List<LockedFile>();
        int fetched = 0;
        long done = 0, total = files.Sum(file => file.Size);
        foreach (HubFile file in files)
        {
            string? hash = await staging.FindAsync(file, cancellationToken).ConfigureAwait(false);
            if (hash is null)
            {
                long before = done;
                hash = await download.RunAsync(model, commit, file, staging.At(file.Path), bytes => progress?.Report(new PullProgress(file.Path, before + bytes, total)), cancellationToken).ConfigureAwait(false);
                fetched++;
            }

            done += file.Size;
            progress?.Report(new PullProgress(file.Path, done, total));
            came.Add(new LockedFile(file.Path, file.Size, hash));
        }

        return (came, fetched);
    }
}
