using System.Globalization;
using System.Text;
using AgentRouter.Configuration;

namespace AgentRouter.Files;

/// <summary>Passes the bytes of a text on and refuses what is not UTF-8, with its line: readers put U+FFFD in its place and say nothing. What begins with a byte order mark of
/// UTF-16 or UTF-32 passes as it is.</summary>
/// <param name="content">The bytes; they are disposed with this.</param>
/// <param name="name">The name of the file, for the message.</param>
internal sealed class Utf8Stream(Stream content, string name) : ReadingStream(content)
{
    private const int LongestMark = 4;

    private readonly Decoder _decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
    private char[] _decoded = [];
    private long _line = 1;
    private bool _isBegun;
    private bool _isOther;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        // the mark at the beginning is looked at as a whole
        int read = _isBegun ? Inner.Read(buffer) : Inner.ReadAtLeast(buffer, Math.Min(buffer.Length, LongestMark), throwOnEndOfStream: false);
        Check(buffer[..read], buffer.Length);
        return read;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = _isBegun
            ? await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)
            : await Inner.ReadAtLeastAsync(buffer, Math.Min(buffer.Length, LongestMark), throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        Check(buffer.Span[..read], buffer.Length);
        return read;
    }

    private void Check(ReadOnlySpan<byte> bytes, int wanted)
    {
        if (wanted == 0)
            return;
        _isOther |= !_isBegun && bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..];
        _isBegun = true;
        if (_isOther)
            return;
        if (_decoded.Length < bytes.Length + 4)
            _decoded = new char[bytes.Length + 4];
        try
        {
            _decoder.GetChars(bytes, _decoded, flush: bytes.IsEmpty);
        }
        catch (DecoderFallbackException error)
        {
            // the place is below 0 where a character began in the bytes before
            long line = _line + bytes[..Math.Clamp(error.Index, 0, bytes.Length)].Count((byte)'\n');
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"{name}:{line}: this is not UTF-8 text. Save the file as UTF-8 and try again."), error);
        }

        _line += bytes.Count((byte)'\n');
    }
}
