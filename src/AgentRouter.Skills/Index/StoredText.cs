using System.Text;

namespace AgentRouter.Skills.Index;

/// <summary>A text, or its place in a file that was read: of tens of thousands of skills only the few that are shown need theirs.</summary>
internal readonly struct StoredText
{
    private readonly object _source;
    private readonly int _start;
    private readonly int _length;

    /// <summary>Keeps a text.</summary>
    public StoredText(string text) => (_source, _start, _length) = (text, 0, 0);

    /// <summary>Keeps the place of a text.</summary>
    /// <param name="bytes">What was read.</param>
    /// <param name="start">Where the text begins; UTF-8.</param>
    /// <param name="length">Its length in bytes.</param>
    public StoredText(byte[] bytes, int start, int length) => (_source, _start, _length) = (bytes, start, length);

    /// <inheritdoc/>
    public override string ToString() => _source as string ?? Encoding.UTF8.GetString((byte[])_source, _start, _length);
}
