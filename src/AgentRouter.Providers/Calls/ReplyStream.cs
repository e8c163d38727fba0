namespace AgentRouter.Providers.Calls;

/// <summary>The body of a response: ends with an error when it is larger than any answer can be, and when its call is cancelled.</summary>
/// <remarks>Not every SDK hands the caller's token on when it reads a stream, so the stream itself knows it.</remarks>
internal sealed class ReplyStream(Stream inner, long maxBytes, CancellationToken callCancelled) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static async Task<HttpContent> WrapAsync(HttpContent content, long maxBytes, CancellationToken callCancelled)
    {
        Stream body = await content.ReadAsStreamAsync(callCancelled).ConfigureAwait(false);
        var wrapped = new StreamContent(new ReplyStream(body, maxBytes, callCancelled));
        foreach ((string name, IEnumerable<string> values) in content.Headers)
            wrapped.Headers.TryAddWithoutValidation(name, values);
        return wrapped;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!cancellationToken.CanBeCanceled || cancellationToken == callCancelled)
            return Count(await inner.ReadAsync(buffer, callCancelled).ConfigureAwait(false));
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, callCancelled);
        return Count(await inner.ReadAsync(buffer, linked.Token).ConfigureAwait(false));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _read += read;
        return _read <= maxBytes ? read : throw new InvalidDataException($"The answer is larger than {maxBytes:N0} bytes.");
    }
}
