using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Yaml;

/// <summary>A YAML parser that refuses what no file of ours needs and what could exhaust memory or stack: aliases, deep nesting, endless nodes.</summary>
internal sealed class BoundedParser(IParser inner) : IParser
{
    private const int MaxDepth = 32;
    private const int MaxNodes = 100_000;

    private int _depth;
    private int _nodes;

    public ParsingEvent? Current => inner.Current;

    /// <summary>Loads all documents of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="onTwice">Is told of keys that a mapping has twice, the second of which is left out; without it, they are refused.</param>
    /// <exception cref="YamlException">It is not YAML, or is refused.</exception>
    public static YamlStream Load(string text, Action<Mark, Scalar>? onTwice = null)
    {
        var parser = new BoundedParser(new Parser(new StringReader(text)));
        var stream = new YamlStream();
        try
        {
            stream.Load(onTwice is null ? parser : new UniqueKeys(parser, onTwice));
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw parser.Malformed(e);
        }

        return stream;
    }

    public bool MoveNext()
    {
        if (!Advance())
            return false;
        ParsingEvent current = inner.Current!;
        if (current is AnchorAlias)
            throw new YamlException(current.Start, current.End, "aliases are not supported; write the value out");
        _depth += current.NestingIncrease;
        if (_depth > MaxDepth + 2)
            throw new YamlException(current.Start, current.End, $"the nesting is deeper than {MaxDepth} levels");
        if (current is NodeEvent && ++_nodes > MaxNodes)
            throw new YamlException(current.Start, current.End, $"the file has more than {MaxNodes:N0} values");
        return true;
    }

    private bool Advance()
    {
        try
        {
            return inner.MoveNext();
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    // the library lets a few of these out on malformed input, such as a list that is never closed
    private static bool IsMalformed(Exception exception) => exception is InvalidOperationException or ArgumentException or FormatException or OverflowException;

    private YamlException Malformed(Exception exception) =>
        new(inner.Current?.End ?? Mark.Empty, inner.Current?.End ?? Mark.Empty, "the YAML is malformed after this place; look for a missing bracket or quote", exception);
}
