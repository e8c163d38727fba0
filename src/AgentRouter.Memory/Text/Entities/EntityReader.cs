using AgentRouter.Memory.Text.Times;
using AgentRouter.Memory.Text.Tokens;

namespace AgentRouter.Memory.Text.Entities;

/// <summary>Finds the things that a text names, and gives each a key that is the same wherever it is named. Not safe for threads.</summary>
internal sealed class EntityReader
{
    private readonly NameReader _names = new();
    private readonly List<Entity> _chunks = [];

    /// <summary>Finds the things.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="times">The times in it.</param>
    /// <param name="found">Where the things go, in no order; what it held is removed.</param>
    public void Read(ReadOnlySpan<char> text, List<TextToken> tokens, List<TimeExpression> times, List<Entity> found)
    {
        found.Clear();
        ReadChunks(text);
        ReadNames(text, tokens, times, found);
        foreach (TimeExpression time in times)
        {
            if (time.Period is { } period && !IsCovered(_chunks, time.Start, time.End))
                found.Add(new Entity(EntityKind.Date, EntityKeys.Date(period), time.Start, time.Length));
        }

        foreach (Entity chunk in _chunks)
        {
            if (chunk.Kind != EntityKind.Number || !times.Exists(time => time.Start < chunk.End && chunk.Start < time.End))
                found.Add(chunk);
        }
    }

    private void ReadChunks(ReadOnlySpan<char> text)
    {
        _chunks.Clear();
        var chunks = new Chunks(text);
        while (chunks.MoveNext())
        {
            if (ChunkReader.Read(chunks.Current, chunks.IsCode, out string key) is { } kind)
                _chunks.Add(new Entity(kind, key, chunks.Start, chunks.End - chunks.Start));
        }
    }

    private void ReadNames(ReadOnlySpan<char> text, List<TextToken> tokens, List<TimeExpression> times, List<Entity> found)
    {
        if (!_names.Begin(text, tokens))
            return;
        (int chunk, int time) = (0, 0);
        for (int at = 0; at < tokens.Count;)
        {
            if (_names.Next(text, tokens, ref at) is not { } name)
                continue;
            (int start, int end) = (tokens[name.First].Start, tokens[name.Last].BareIn(text).Length + tokens[name.Last].Start);
            while (chunk < _chunks.Count && _chunks[chunk].End <= start)
                chunk++;
            while (time < times.Count && times[time].End <= start)
                time++;
            bool isTaken = (chunk < _chunks.Count && _chunks[chunk].Start <= start && end <= _chunks[chunk].End) || (time < times.Count && times[time].Start < end);
            if (!isTaken && EntityKeys.Name(text[start..end]) is { } key)
                found.Add(new Entity(EntityKind.Name, key, start, end - start));
        }
    }

    private static bool IsCovered(List<Entity> entities, int start, int end) => entities.Exists(entity => entity.Kind != EntityKind.Number && entity.Start < end && start < entity.End);
}
