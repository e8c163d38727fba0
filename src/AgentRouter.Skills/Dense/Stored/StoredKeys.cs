using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Dense.Stored;

/// <summary>The keys of records: they are computed, so that who knows a skill finds its vectors without a search.</summary>
internal static class StoredKeys
{
    private const int HashDigits = 2 * ContentHash.Length;

    /// <summary>Makes the key of a text: a hash of the model, the skill's content and the text's number.</summary>
    public static Guid Of(string model, ContentHash skill, int piece)
    {
        byte[] name = Encoding.UTF8.GetBytes(model);
        var bytes = new byte[name.Length + ContentHash.Length + sizeof(int)];
        name.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(name.Length), skill.First);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(name.Length + sizeof(ulong)), skill.Second);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(name.Length + ContentHash.Length), piece);
        return new Guid(SHA256.HashData(bytes).AsSpan(0, 16));
    }

    /// <summary>Writes the hash of a skill.</summary>
    public static string Text(ContentHash skill) => string.Create(CultureInfo.InvariantCulture, $"{skill.First:x16}{skill.Second:x16}");

    /// <summary>Reads the hash of a skill; <see langword="null"/> of what is none.</summary>
    public static ContentHash? Read(string? text) =>
        text is { Length: HashDigits } && ulong.TryParse(text[..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong first)
            && ulong.TryParse(text[16..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong second)
            ? new ContentHash(first, second)
            : null;
}
