using System.Text;

namespace AgentRouter.Tools.Workspace.Files;

/// <summary>The text of a file, and how it was written down.</summary>
/// <param name="Text">The text, its line ends as they are.</param>
/// <param name="Encoding">The encoding, which writes a byte order mark when the file had one.</param>
internal sealed record TextFile(string Text, Encoding Encoding)
{
    private const int BinaryLook = 8192;

    private static readonly Encoding[] Marked =
    [
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    /// <summary>Gets the encoding of new files: UTF-8 without a mark.</summary>
    public static Encoding DefaultEncoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Gets a value indicating whether most of its lines end as on Windows.</summary>
    public bool UsesCarriageReturns => UsesCarriageReturn(Text);

    /// <summary>Reads text from bytes.</summary>
    /// <returns>The text, or <see langword="null"/> when the bytes are not text.</returns>
    public static TextFile? Parse(byte[] bytes)
    {
        Encoding? marked = Marked.FirstOrDefault(encoding => bytes.AsSpan().StartsWith(encoding.Preamble));
        if (marked is null && bytes.AsSpan(0, Math.Min(bytes.Length, BinaryLook)).Contains((byte)0)) return null;
        Encoding used = marked ?? DefaultEncoding;
        try
        {
            return new TextFile(used.GetString(bytes.AsSpan(marked is null ? 0 : marked.Preamble.Length)), used);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Turns text into the file's bytes.</summary>
    public byte[] ToBytes()
    {
        try
        {
            return [.. Encoding.GetPreamble(), .. Encoding.GetBytes(Text)];
        }
        catch (EncoderFallbackException exception)
        {
            throw new ToolException("The text holds half a character (a lone surrogate), which no file can.", exception);
        }
    }

    /// <summary>Gives a text the line ends of this file.</summary>
    public string WithLineEnds(string text)
    {
        string plain = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return UsesCarriageReturns ? plain.Replace("\n", "\r\n", StringComparison.Ordinal) : plain;
    }

    private static bool UsesCarriageReturn(string text)
    {
        int all = text.AsSpan().Count('\n');
        return all > 0 && text.AsSpan().Count("\r\n") * 2 > all;
    }
}
