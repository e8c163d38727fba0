using System.Runtime.InteropServices;
using System.Text.Json;
using AgentRouter.Routing.Learning.Text;

namespace AgentRouter.Routing.Features;

/// <summary>Hashes tool calls, so that a call that is made again is seen. The same call has the same hash, in every process.</summary>
internal static class ToolCallHash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>Hashes a tool's name.</summary>
    public static uint OfName(string name) => WordHash.Of(name);

    /// <summary>Hashes a call; the order of its arguments does not matter.</summary>
    /// <param name="tool">The hash of the tool's name.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The hash, or <see langword="null"/> where an argument is of a kind that cannot be compared.</returns>
    public static ulong? Of(uint tool, IDictionary<string, object?>? arguments)
    {
        ulong hash = Mix(tool, 1);
        if (arguments is null)
            return hash;
        // the dictionary itself is looped over without allocation; other kinds cost an enumerator
        if (arguments is Dictionary<string, object?> dictionary)
        {
            foreach ((string name, object? value) in dictionary)
            {
                if (!Add(ref hash, name, value))
                    return null;
            }

            return hash;
        }

        foreach ((string name, object? value) in arguments)
        {
            if (!Add(ref hash, name, value))
                return null;
        }

        return hash;
    }

    private static bool Add(ref ulong hash, string name, object? value)
    {
        if (OfValue(value) is not { } of)
            return false;
        hash += Mix(WordHash.Of(name), of);
        return true;
    }

    private static ulong? OfValue(object? value) => value switch
    {
        null => 1,
        string text => OfBytes(MemoryMarshal.AsBytes(text.AsSpan())),
        JsonElement { ValueKind: JsonValueKind.Undefined } => 1,
        JsonElement json => OfBytes(JsonMarshal.GetRawUtf8Value(json)),
        bool or int or long => (ulong)Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) + 2,
        double number => BitConverter.DoubleToUInt64Bits(number),
        _ => null,
    };

    private static ulong OfBytes(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
            hash = Mix(hash, word);
        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
            hash = Mix(hash, rest);
        return hash;
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        hash = (hash ^ word) * Multiplier;
        return hash ^ (hash >> 29);
    }
}
