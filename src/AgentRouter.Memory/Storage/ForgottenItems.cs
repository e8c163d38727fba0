using System.Security.Cryptography;
using System.Text;
using AgentRouter.Memory.Ingestion;

namespace AgentRouter.Memory.Storage;

/// <summary>How a store remembers which items of a source were forgotten, so that they do not come back when the source is imported again: by a hash of their keys, which says nothing of their text.</summary>
public static class ForgottenItems
{
    private const int HashBytes = 16;

    /// <summary>Computes what is kept of a forgotten episode; of all versions of an item the same.</summary>
    /// <param name="key">The key of the episode.</param>
    /// <returns>32 hexadecimal digits.</returns>
    public static string Of(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SourceDifference.WithoutVersion(key))).AsSpan(0, HashBytes));
    }
}
