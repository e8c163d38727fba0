using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AgentRouter.Yaml;

/// <summary>A YAML parser that leaves out keys that a mapping has already, with their values, so that what else is wrong can be told in the same pass.</summary>
/// <param name="inner">The parser.</param>
/// <param name="onTwice">Is told of each: where the key was first, and the key that was left out.</param>
internal sealed class UniqueKeys(IParser inner, Action<Mark, Scalar> onTwice) : IParser
{
    private readonly Stack<Level> _levels = new();

    public ParsingEvent? Current => inner.Current;

    public bool MoveNext()
    {
        while (inner.MoveNext())
        {
            if (!IsTwice(inner.Current!))
            {
                Follow(inner.Current!);
                return true;
            }

            SkipValue();
        }

        return false;
    }

    private bool IsTwice(ParsingEvent current)
    {
        if (current is not Scalar key || !_levels.TryPeek(out Level? level) || level is not { Keys: { } keys, IsKeyNext: true } || keys.TryAdd(key.Value, key.Start))
            return false;
        onTwice(keys[key.Value], key);
        return true;
    }

    private void Follow(ParsingEvent current)
    {
        switch (current)
        {
            case MappingStart:
                _levels.Push(new Level(new Dictionary<string, Mark>(StringComparer.Ordinal)));
                break;
            case SequenceStart:
                _levels.Push(new Level(null));
                break;
            case MappingEnd or SequenceEnd:
                _levels.Pop();
                EndNode();
                break;
            case NodeEvent:
                EndNode();
                break;
        }
    }

    private void EndNode()
    {
        if (_levels.TryPeek(out Level? level))
            level.IsKeyNext = !level.IsKeyNext;
    }

    private void SkipValue()
    {
        int depth = 0;
        do
        {
            if (!inner.MoveNext())
                return;
            depth += inner.Current!.NestingIncrease;
        }
        while (depth > 0);
    }

    /// <param name="keys">The keys of a mapping so far; <see langword="null"/> for a list.</param>
    private sealed class Level(Dictionary<string, Mark>? keys)
    {
        public Dictionary<string, Mark>? Keys { get; } = keys;

        public bool IsKeyNext { get; set; } = true;
    }
}
