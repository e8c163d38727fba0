using AgentRouter.Files;

namespace AgentRouter.Providers.Calls;

/// <summary>The body of a response: ends with an error when it is larger than any answer can be, and when its call is cancelled.</summary>
/// <remarks>Not every SDK hands the caller's token on when it reads a stream, so the stream itself knows it.</remarks>
internal sealed class ReplyStream(Stream inner, long maxBytes, CancellationToken callCancelled) : ReadingStream(inner)
{
    private long _read;

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
            return Count(await Inner.ReadAsync(buffer, callCancelled).ConfigureAwait(false));
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, callCancelled);
        return Count(await Inner.ReadAsync(buffer, linked.Token).ConfigureAwait(false));
    }

    public override int Read(Span<byte> buffer) => Count(Inner.Read(buffer));

    private int Count(int read)
    {
        _read += read;
        return _read <= maxBytes ? read : throw new InvalidDataException($"The answer is larger than {maxBytes:N0} bytes.");
    }
}
