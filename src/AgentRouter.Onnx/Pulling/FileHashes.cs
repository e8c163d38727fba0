using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AgentRouter.Onnx.Pulling;

/// <summary>Counts and hashes bytes as they come.</summary>
internal sealed class FileHashes : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _git;

    /// <summary>Begins a file.</summary>
    /// <param name="size">The bytes that are promised: git hashes them first.</param>
    public FileHashes(long size)
    {
        // git's own name of a content, which is not for secrets
#pragma warning disable CA5350
        _git = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        _git.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {size}\0")));
    }

    /// <summary>Gets the bytes that came.</summary>
    public long Length { get; private set; }

    /// <summary>Takes bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        _git.AppendData(bytes);
        Length += bytes.Length;
    }

    /// <summary>Ends the file.</summary>
    /// <param name="promised">What was promised.</param>
    /// <returns>The hash of its bytes, or <see langword="null"/> when size or hash are not as promised.</returns>
    public string? End(HubFile promised)
    {
        string sha256 = Convert.ToHexStringLower(_sha256.GetHashAndReset()), git = Convert.ToHexStringLower(_git.GetHashAndReset());
        return Length == promised.Size && (promised.Sha256 ?? sha256) == sha256 && (promised.GitSha1 ?? git) == git ? sha256 : null;
    }

    /// <summary>Hashes a file that is there.</summary>
    /// <returns>The hash of its bytes, or <see langword="null"/> when it is missing or not as promised.</returns>
    public static async Task<string?> OfAsync(string path, HubFile promised, CancellationToken cancellationToken)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != promised.Size)
            return null;
        using var hashes = new FileHashes(promised.Size);
        await hashes.AppendAsync(path, cancellationToken).ConfigureAwait(false);
        return hashes.End(promised);
    }

    /// <summary>Takes the bytes of a file.</summary>
    public async Task AppendAsync(string path, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        while (await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            Append(buffer.AsSpan(0, read));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sha256.Dispose();
        _git.Dispose();
    }
}
