using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AgentRouter.Memory.Storage.Sqlite.Records;

/// <summary>The hash by which nodes are found: 8 bytes of SHA-256 of kind and key, so that nobody makes keys that share one by the thousand.</summary>
internal static class KeyHash
{
    private const int BytesOnStack = 512;

    public static long Of(NodeKey node)
    {
        int size = 1 + Encoding.UTF8.GetMaxByteCount(node.Key.Length);
        Span<byte> bytes = size > BytesOnStack ? new byte[size] : stackalloc byte[BytesOnStack];
        bytes[0] = (byte)node.Kind;
        int length = 1 + Encoding.UTF8.GetBytes(node.Key, bytes[1..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }
}
