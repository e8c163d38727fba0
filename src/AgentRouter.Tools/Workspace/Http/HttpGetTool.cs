using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AgentRouter.Expressions;
using AgentRouter.Tools.Text;

namespace AgentRouter.Tools.Workspace.Http;

/// <summary>Gets a text resource from an allowed host.</summary>
internal sealed class HttpGetTool : IDisposable
{
    private const int MaxBytes = 2 << 20;
    private const int MaxRedirects = 5;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private readonly HostList _hosts;
    private readonly int _maxCharacters;
    private readonly TimeProvider _timeProvider;
    private readonly HttpClient _client;

    public HttpGetTool(WorkspaceToolOptions options, TimeProvider timeProvider)
    {
        _hosts = new HostList([.. options.AllowedHosts]);
        _maxCharacters = options.OutputCharacters;
        _timeProvider = timeProvider;
        // time is limited per call, by the run's clock
        _client = new HttpClient(PublicAddresses.MakeHandler(options.AllowPrivateAddresses)) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("AgentRouter", "1.0"));
    }

    public static ToolDescription Description { get; } = new(
        "workspace.httpGet",
        "Get a web page or other text resource over HTTP from an allowed host.",
        new DataType.Object(new Dictionary<string, DataType>
        {
            ["status"] = DataType.Number,
            ["contentType"] = DataType.Text,
            ["text"] = DataType.Text,
        }))
    {
        Parameters = ["url"],
        RequiredParameters = ["url"],
        IsIdempotent = true,
    };

    public async Task<HttpGetResult> GetAsync(
        [Description("The address: https://example.com/page")] string url,
        CancellationToken cancellationToken = default)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address)) throw new ToolException("url is not an absolute address such as https://example.com/page.");
        _hosts.Require(address);
        using var timeout = new CancellationTokenSource(Timeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await FollowAsync(address, either.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw new ToolException(exception.InnerException is ToolException refusal ? refusal.Message : $"'{address.Host}' could not be asked: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new ToolException($"The answer of '{address.Host}' broke off.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToolException($"'{address.Host}' did not answer within {Timeout.TotalSeconds:0} seconds.", exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpGetResult> FollowAsync(Uri address, CancellationToken cancellationToken)
    {
        Uri next = address;
        for (int redirect = 0; redirect <= MaxRedirects; redirect++)
        {
            using HttpResponseMessage response = await _client.GetAsync(next, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location) return await ReadAsync(next, response, cancellationToken).ConfigureAwait(false);

            Uri target = new(next, location);
            if (target.IdnHost != address.IdnHost || target.Port != next.Port && !(next.IsDefaultPort && target.IsDefaultPort))
            {
                throw new ToolException($"'{address.Host}' redirects to another host, '{target.Authority}': ask for that address itself if it is allowed.");
            }

            if (next.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps) throw new ToolException($"'{address.Host}' redirects from https to {target.Scheme}: refused.");
            _hosts.Require(target);
            next = target;
        }

        throw new ToolException($"'{address.Host}' redirects more than {MaxRedirects} times.");
    }

    private async Task<HttpGetResult> ReadAsync(Uri address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string type = response.Content.Headers.ContentType?.MediaType ?? "text/plain";
        if (!IsText(type)) throw new ToolException($"'{address}' is {type}, not text.");
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        // one byte more than is allowed tells whether there is more, whatever the headers say and however it is compressed
        byte[] bytes = new byte[MaxBytes + 1];
        int length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (length > MaxBytes) throw new ToolException(string.Create(CultureInfo.InvariantCulture, $"'{address}' is larger than {MaxBytes:N0} bytes."));

        string text = EncodingOf(response.Content.Headers.ContentType?.CharSet).GetString(bytes, 0, length);
        return new HttpGetResult((int)response.StatusCode, type, OutputCapture.Shorten(text, _maxCharacters));
    }

    private static Encoding EncodingOf(string? charset)
    {
        try
        {
            return charset is null ? Encoding.UTF8 : Encoding.GetEncoding(charset.Trim('"'));
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("json", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("xml", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("yaml", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/javascript", StringComparison.OrdinalIgnoreCase);
}

/// <summary>What came back.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Text">The body, shortened.</param>
internal sealed record HttpGetResult(int Status, string ContentType, string Text);
