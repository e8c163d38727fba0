using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using AgentRouter.Configuration;

namespace AgentRouter.Onnx.Pulling;

/// <summary>Speaks the protocol of the Hugging Face hub: a commit, a list of files, a file.</summary>
/// <param name="http">What sends requests; it follows no redirects.</param>
/// <param name="hub">The hub.</param>
/// <param name="token">What the hub wants to see for models that are not for everybody; shown to nobody else.</param>
internal sealed partial class HubClient(HttpClient http, HubAddress hub, string? token)
{
    private const int MaxRedirects = 5;
    private const int MaxAnswerBytes = 16 * 1024 * 1024;
    private const int MaxPages = 20;

    /// <summary>Asks for the commit of a revision.</summary>
    public async Task<string> CommitAsync(ModelName model, string revision, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await GetAsync(hub.Revision(model.Id, revision), model, from: 0, cancellationToken).ConfigureAwait(false);
        JsonElement answer = await JsonAsync(response, cancellationToken).ConfigureAwait(false);
        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("sha", out JsonElement sha) && sha.ValueKind == JsonValueKind.String && Commit().IsMatch(sha.GetString()!)
            ? sha.GetString()!
            : throw Odd("it names no commit");
    }

    /// <summary>Asks for the files of a commit.</summary>
    public async Task<IReadOnlyList<HubFile>> FilesAsync(ModelName model, string commit, CancellationToken cancellationToken)
    {
        var files = new List<HubFile>();
        Uri? page = hub.Tree(model.Id, commit);
        for (int pages = 0; page is not null; pages++)
        {
            if (pages == MaxPages)
                throw Odd("its list of files does not end");
            using HttpResponseMessage response = await GetAsync(page, model, from: 0, cancellationToken).ConfigureAwait(false);
            JsonElement answer = await JsonAsync(response, cancellationToken).ConfigureAwait(false);
            if (answer.ValueKind != JsonValueKind.Array)
                throw Odd("its list of files is none");
            files.AddRange(answer.EnumerateArray().Select(FileOf).OfType<HubFile>());
            page = NextOf(response, page);
        }

        return files;
    }

    /// <summary>Asks for a file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="path">The file.</param>
    /// <param name="from">The first byte; the server may begin at 0 all the same.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The answer, its content not read yet; the caller owns it.</returns>
    public Task<HttpResponseMessage> FileAsync(ModelName model, string commit, string path, long from, CancellationToken cancellationToken) =>
        GetAsync(hub.File(model.Id, commit, path), model, from, cancellationToken);

    private async Task<HttpResponseMessage> GetAsync(Uri address, ModelName model, long from, CancellationToken cancellationToken)
    {
        for (int redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            if (!HubAddress.IsAllowed(address))
                throw Odd($"it sends to {address.GetLeftPart(UriPartial.Authority)}, which is not encrypted");
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (token is not null && hub.IsOwn(address))
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (from > 0)
                request.Headers.Range = new RangeHeaderValue(from, null);
            HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                return response;
            using (response)
            {
                if (response is not { StatusCode: >= HttpStatusCode.MovedPermanently and < HttpStatusCode.BadRequest, Headers.Location: { } location })
                    throw Refused(response.StatusCode, model);
                address = new Uri(address, location);
            }
        }

        throw Odd("it redirects without end");
    }

    private ModelPullException Refused(HttpStatusCode status, ModelName model) => new(string.Create(CultureInfo.InvariantCulture, $"{hub} answered {(int)status} for {model}: ") + status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => token is null
            ? "the model is not there, or not for everybody. Check its name; accept its terms on its page, and put your token into HF_TOKEN."
            : "the token in HF_TOKEN does not open it. Check the model's name, accept its terms on its page, and check the token.",
        HttpStatusCode.NotFound => "there is no such model, revision or file. Check the name.",
        HttpStatusCode.TooManyRequests => "too many requests came from here. Wait, and pull again: what has come is kept.",
        _ => "pull again later; what has come is kept.",
    });

    private ModelPullException Odd(string what) => new($"{hub} does not speak the protocol: {what}.");

    private async Task<JsonElement> JsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > MaxAnswerBytes)
            throw Odd("its answer is too long");
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
            using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw Odd($"its answer is no JSON: {JsonProblem.Of(e)}");
        }
    }

    // what git stores itself has its own hash, larger files that of their bytes
    private HubFile? FileOf(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || TextOf(entry, "type") != "file")
            return null;
        string path = TextOf(entry, "path") ?? throw Odd("a file has no path");
        if (!HubPath.IsSafe(path))
            throw Odd($"the path '{path}' may leave the model's folder");
        bool isLarge = entry.TryGetProperty("lfs", out JsonElement lfs) && lfs.ValueKind == JsonValueKind.Object;
        JsonElement sized = isLarge ? lfs : entry;
        string? hash = TextOf(sized, "oid");
        if (hash is null || !Hash().IsMatch(hash) || hash.Length != (isLarge ? 64 : 40) || !sized.TryGetProperty("size", out JsonElement size) || !size.TryGetInt64(out long bytes) || bytes < 0)
            throw Odd($"'{path}' has no size and hash");
        return new HubFile(path, bytes, isLarge ? hash : null, isLarge ? null : hash);
    }

    private static string? TextOf(JsonElement entry, string name) => entry.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private Uri? NextOf(HttpResponseMessage response, Uri page)
    {
        if (!response.Headers.TryGetValues("Link", out IEnumerable<string>? links) || NextLink().Match(string.Join(",", links)) is not { Success: true } match)
            return null;
        var next = new Uri(page, match.Groups[1].Value);
        return hub.IsOwn(next) ? next : throw Odd("its list of files goes on elsewhere");
    }

    [GeneratedRegex(@"\A[0-9a-f]{40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Commit();

    [GeneratedRegex(@"\A[0-9a-f]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hash();

    [GeneratedRegex("<([^>]+)>; *rel=\"next\"", RegexOptions.CultureInvariant)]
    private static partial Regex NextLink();
}
