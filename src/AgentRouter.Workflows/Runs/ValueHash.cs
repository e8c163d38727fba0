using System.Security.Cryptography;

namespace AgentRouter.Workflows.Runs;

/// <summary>Names a value by its content.</summary>
public static class ValueHash
{
    /// <summary>Computes the name of a value: SHA-256 in lower-case hexadecimal digits.</summary>
    /// <param name="value">The value.</param>
    public static string Of(ReadOnlySpan<byte> value) => Convert.ToHexStringLower(SHA256.HashData(value));
}
