namespace AgentRouter.Skills.Index;

/// <summary>Whole numbers in as few bytes as they need: seven bits a byte, the lowest first, as in Protocol Buffers.</summary>
internal static class VarInt
{
    public const int MaxLength = 5;

    /// <summary>Gets the number of bytes that a number takes.</summary>
    public static int Length(uint value) => value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : MaxLength;

    /// <summary>Writes a number.</summary>
    /// <returns>The place behind it.</returns>
    public static int Write(Span<byte> bytes, int at, uint value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes[at++] = (byte)(value | 0x80);
        bytes[at++] = (byte)value;
        return at;
    }

    /// <summary>Reads a number and goes behind it.</summary>
    public static uint Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        uint value = bytes[at++];
        if (value < 0x80)
            return value;
        value &= 0x7F;
        for (int shift = 7; shift < 35; shift += 7)
        {
            uint next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException("A number in the index is longer than five bytes.");
    }
}
