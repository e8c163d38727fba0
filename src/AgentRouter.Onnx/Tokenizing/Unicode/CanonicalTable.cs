using System.Globalization;

namespace AgentRouter.Onnx.Tokenizing.Unicode;

/// <summary>Unicode's canonical decompositions and combining classes, from the file beside this one (Unicode 14).</summary>
/// <remarks>In invariant globalization mode <see cref="string.Normalize()"/> leaves texts as they are, so models would read accents wrongly.</remarks>
internal sealed class CanonicalTable
{
    private static readonly Lazy<CanonicalTable> LazyShared = new(Read);

    private readonly Dictionary<int, int[]> _parts = [];
    private readonly Dictionary<(int, int), int> _wholes = [];
    private readonly Dictionary<int, byte> _classes = [];

    /// <summary>Gets the table. It is read on first use and never changes.</summary>
    public static CanonicalTable Shared => LazyShared.Value;

    /// <summary>Finds what a code point is made of, one level down.</summary>
    public int[]? PartsOf(int codePoint) => _parts.GetValueOrDefault(codePoint);

    /// <summary>Finds what two code points make together.</summary>
    public int? WholeOf(int first, int second) => _wholes.TryGetValue((first, second), out int whole) ? whole : null;

    /// <summary>Gets the combining class; 0 for what does not combine.</summary>
    public byte ClassOf(int codePoint) => _classes.GetValueOrDefault(codePoint);

    // lines: "C0=41 300", the two make it again; "340>300", they do not; "300-314:230", a combining class
    private static CanonicalTable Read()
    {
        var table = new CanonicalTable();
        using Stream stream = typeof(CanonicalTable).Assembly.GetManifestResourceStream("canonical.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            int at = line.AsSpan().IndexOfAny("=>:");
            if (line[at] == ':')
            {
                int dash = line.IndexOf('-', StringComparison.Ordinal);
                for (int point = Hex(line.AsSpan(0, dash)); point <= Hex(line.AsSpan(dash + 1, at - dash - 1)); point++)
                    table._classes[point] = byte.Parse(line.AsSpan(at + 1), CultureInfo.InvariantCulture);
                continue;
            }

            int[] parts = [.. line[(at + 1)..].Split(' ').Select(part => Hex(part))];
            table._parts[Hex(line.AsSpan(0, at))] = parts;
            if (line[at] == '=')
                table._wholes[(parts[0], parts[1])] = Hex(line.AsSpan(0, at));
        }

        return table;
    }

    private static int Hex(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
