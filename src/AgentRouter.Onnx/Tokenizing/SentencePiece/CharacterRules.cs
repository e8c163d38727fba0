using System.Buffers.Binary;
using System.Text;

namespace AgentRouter.Onnx.Tokenizing.SentencePiece;

/// <summary>What a SentencePiece model makes of characters before it cuts: the longest rule that fits.</summary>
/// <remarks>The rules are a double-array trie as Darts-clone stores it, then the texts that take the place of what was found, each ended by a zero
/// (T. Kudo and J. Richardson, "SentencePiece", 2018).</remarks>
internal sealed class CharacterRules
{
    private readonly uint[] _units;
    private readonly byte[] _texts;

    /// <summary>Reads compiled rules.</summary>
    /// <param name="rules">The rules; none when empty.</param>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public CharacterRules(ReadOnlySpan<byte> rules)
    {
        (_units, _texts) = ([], []);
        if (rules.IsEmpty)
            return;
        if (rules.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(rules) is var length && (length > rules.Length - 4 || length % 4 != 0))
            throw new InvalidDataException("its rules for characters end too early");
        _units = new uint[BinaryPrimitives.ReadUInt32LittleEndian(rules) / 4];
        for (int i = 0; i < _units.Length; i++)
            _units[i] = BinaryPrimitives.ReadUInt32LittleEndian(rules[(4 + 4 * i)..]);
        _texts = rules[(4 + 4 * _units.Length)..].ToArray();
    }

    /// <summary>Finds what takes the place of the beginning of a text.</summary>
    /// <param name="text">The rest of a text, as UTF-8.</param>
    /// <returns>The new text, and how many bytes it stands for; at least one where there are any.</returns>
    public (string Text, int Length) Next(ReadOnlySpan<byte> text)
    {
        (int found, int length) = Longest(text);
        if (length == 0)
        {
            // what is no UTF-8 becomes the sign for that
            Rune.DecodeFromUtf8(text, out Rune rune, out length);
            return (rune.ToString(), length);
        }

        ReadOnlySpan<byte> from = _texts.AsSpan(Math.Min(found, _texts.Length));
        int end = from.IndexOf((byte)0);
        return (Encoding.UTF8.GetString(end < 0 ? from : from[..end]), length);
    }

    private (int Value, int Length) Longest(ReadOnlySpan<byte> text)
    {
        (int Value, int Length) longest = (0, 0);
        if (_units.Length == 0)
            return longest;
        uint node = Offset(_units[0]);
        for (int i = 0; i < text.Length; i++)
        {
            node ^= text[i];
            if (node >= _units.Length || (_units[node] & 0x8000_00FF) != text[i])
                break;
            uint unit = _units[node];
            node ^= Offset(unit);
            if ((unit >> 8 & 1) == 1 && node < _units.Length)
                longest = ((int)(_units[node] & 0x7FFF_FFFF), i + 1);
        }

        return longest;
    }

    private static uint Offset(uint unit) => unit >> 10 << (int)((unit & 1 << 9) >> 6);
}
