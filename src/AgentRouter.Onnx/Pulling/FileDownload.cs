using System.Globalization;
using System.Net;

namespace AgentRouter.Onnx.Pulling;

/// <summary>Fetches one file: to a file beside its place, checked while it comes, moved when it is whole and right.</summary>
/// <param name="client">The hub.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class FileDownload(HubClient client, TimeProvider timeProvider)
{
    private const string Suffix = ".part";

    // a server that says nothing for so long has gone
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Fetches a file; goes on where it was broken off before.</summary>
    /// <param name="model">The model.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="file">The file.</param>
    /// <param name="place">Where it goes.</param>
    /// <param name="came">Is told how many bytes there are.</param>
    /// <param name="cancellationToken">Stops; what has come is kept for the next time.</param>
    /// <returns>The hash of its bytes.</returns>
    /// <exception cref="ModelPullException">Size or hash are not as promised; nothing is left of the file.</exception>
    public async Task<string> RunAsync(ModelName model, string commit, HubFile file, string place, Action<long> came, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        string part = place + Suffix;
        long from = File.Exists(part) && new FileInfo(part).Length is var length && length < file.Size ? length : 0;
        using HttpResponseMessage response = await client.FileAsync(model, commit, file.Path, from, cancellationToken).ConfigureAwait(false);
        bool goesOn = from > 0 && response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == from;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable || (response.StatusCode == HttpStatusCode.PartialContent && !goesOn))
        {
            File.Delete(part);
            throw new ModelPullException($"The hub could not go on with {file.Path} where it was broken off. Pull again: it begins anew.");
        }

        using var hashes = new FileHashes(file.Size);
        if (goesOn)
            await hashes.AppendAsync(part, cancellationToken).ConfigureAwait(false);
        await using (var target = new FileStream(part, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
            await CopyAsync(response, target, hashes, file, came, cancellationToken).ConfigureAwait(false);
        if (hashes.Length < file.Size)
            throw new ModelPullException(string.Create(CultureInfo.InvariantCulture, $"{file.Path} ended after {hashes.Length:N0} of {file.Size:N0} bytes. Pull again: it goes on from there."));
        if (hashes.End(file) is not { } sha256)
        {
            File.Delete(part);
            throw new ModelPullException($"{file.Path} is not what was promised: its size or its hash differ. Nothing was put in place. Pull again; if it stays so, the hub or the lock is wrong.");
        }

        File.Move(part, place, overwrite: true);
        return sha256;
    }

    private async Task CopyAsync(HttpResponseMessage response, FileStream target, FileHashes hashes, HubFile file, Action<long> came, CancellationToken cancellationToken)
    {
        await using Stream content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[128 * 1024];
        while (hashes.Length <= file.Size)
        {
            int read = await ReadAsync(content, buffer, file, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return;
            hashes.Append(buffer.AsSpan(0, read));
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            came(Math.Min(hashes.Length, file.Size));
        }
    }

    private async ValueTask<int> ReadAsync(Stream content, byte[] buffer, HubFile file, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await content.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelPullException($"Nothing more of {file.Path} came for {Patience.TotalSeconds:0} seconds. Pull again: it goes on from there.", e);
        }
        catch (Exception e) when (e is HttpIOException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw new ModelPullException($"The connection broke while {file.Path} came. Pull again: it goes on from there.", e);
        }
    }
}
