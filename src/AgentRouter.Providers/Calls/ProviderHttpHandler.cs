using System.Net;

namespace AgentRouter.Providers.Calls;

/// <summary>Watches the HTTP calls of an SDK: notes how far they got, and turns error responses into classified failures before the SDK sees them.</summary>
/// <remarks>SDKs differ in what they keep of an error response; here status, <c>Retry-After</c> and body are at hand for all of them.</remarks>
internal sealed class ProviderHttpHandler(HttpMessageHandler inner, FailureMapper failures) : DelegatingHandler(inner)
{
    private const int MaxErrorBytes = 64 * 1024;
    private const long MaxReplyBytes = 64L * 1024 * 1024;

    private readonly AsyncLocal<CallTrace?> _trace = new();

    /// <summary>Makes a client for one model whose calls go through a handler of this kind. The caller owns it.</summary>
    public static (HttpClient Http, ProviderHttpHandler Handler) Open(FailureMapper failures, Uri baseUrl, TimeSpan connectTimeout)
    {
        var sockets = new SocketsHttpHandler
        {
            // a redirect would carry the key to another host
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !baseUrl.IsLoopback,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = connectTimeout,
        };
        var handler = new ProviderHttpHandler(sockets, failures);
        // the chat client keeps the time, so that a fake clock works and streams may take long
        return (new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }, handler);
    }

    /// <summary>Begins to watch the calls made from here on in this flow of execution.</summary>
    /// <param name="cancelled">Cancelled when the call is given up.</param>
    public CallTrace Watch(CancellationToken cancelled)
    {
        var trace = new CallTrace(cancelled);
        _trace.Value = trace;
        return trace;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        CallTrace? trace = _trace.Value;
        if (trace is not null)
            trace.RequestMade = true;
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            if (trace is not null)
                trace.ResponseStarted = true;
            response.Content = await ReplyStream.WrapAsync(response.Content, MaxReplyBytes, trace?.Cancelled ?? cancellationToken).ConfigureAwait(false);
            return response;
        }

        using (response)
        {
            string body = await ReadStartAsync(response.Content, cancellationToken).ConfigureAwait(false);
            throw failures.FromResponse((int)response.StatusCode, response.Headers, body);
        }
    }

    private static async Task<string> ReadStartAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[MaxErrorBytes];
        int length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }
}
