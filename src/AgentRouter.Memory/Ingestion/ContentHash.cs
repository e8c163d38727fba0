using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AgentRouter.Memory.Ingestion;

/// <summary>Hashes content: half of a SHA-256 over all fields, each with its length, so that no two contents run together.</summary>
internal sealed class ContentHash : IDisposable
{
    private const int Kept = 16;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Hashes one text.</summary>
    public static string Of(string text)
    {
        using var hash = new ContentHash();
        hash.Add(text);
        return hash.Take();
    }

    /// <summary>Adds a field; none is another one than an empty one.</summary>
    public void Add(string? field)
    {
        Add(field?.Length ?? -1);
        if (field is not null)
            _hash.AppendData(MemoryMarshal.AsBytes(field.AsSpan()));
    }

    /// <summary>Adds a time.</summary>
    public void Add(DateTimeOffset? time)
    {
        Add(time?.UtcTicks ?? -1);
        Add((long)(time?.Offset.TotalMinutes ?? -1));
    }

    /// <summary>Adds a number.</summary>
    public void Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
    }

    /// <summary>Takes the hash, and starts anew.</summary>
    /// <returns>32 hexadecimal digits in lower case.</returns>
    public string Take()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest[..Kept]);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
