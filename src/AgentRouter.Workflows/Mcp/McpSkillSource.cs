using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentRouter.Skills.Sources;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace AgentRouter.Workflows.Mcp;

/// <summary>The skills that an MCP server offers as resources: <c>skill://NAME/SKILL.md</c>, and beside it the files that come with the skill.</summary>
/// <remarks>Where the server says when a resource was last modified, only what has changed is read again; else each listing reads all skills. What it says is somebody
/// else's word, like the text of any skill. Its use stays with the client's owner, who disposes the client after the source was used last.</remarks>
public sealed class McpSkillSource : IBundledFileSource
{
    private const string Scheme = "skill://";
    private const int MostResources = 10_000;
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    private readonly McpClient _client;
    private readonly TimeProvider _timeProvider;
    private volatile IReadOnlyList<Resource> _resources = [];

    /// <summary>Makes the source.</summary>
    /// <param name="client">A connected client. The caller owns it.</param>
    /// <param name="name">The server's name, for messages.</param>
    /// <param name="timeProvider">The clock; the system's when not given.</param>
    public McpSkillSource(McpClient client, string name, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(name);
        (_client, Name, _timeProvider) = (client, name, timeProvider ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    /// <exception cref="IOException">The server does not answer.</exception>
    public async IAsyncEnumerable<SkillListing> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IList<McpClientResource> listed = _client.ServerCapabilities.Resources is null
            ? []
            : await AskAsync(token => _client.ListResourcesAsync(cancellationToken: token).AsTask(), cancellationToken).ConfigureAwait(false);
        _resources = [.. listed.Select(resource => resource.ProtocolResource).Where(resource => resource.Uri.StartsWith(Scheme, StringComparison.Ordinal)).Take(MostResources)];
        foreach (Resource resource in _resources.Where(IsSkill).OrderBy(resource => resource.Uri, StringComparer.Ordinal))
            yield return new SkillListing(resource.Uri, await StampAsync(resource, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The server does not answer.</exception>
    public async ValueTask<SkillReading> ReadAsync(SkillListing listing, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(listing);
        string shown = $"{Name}: {listing.Id}";
        if (await TextAsync(listing.Id, cancellationToken).ConfigureAwait(false) is not { } text)
            return new SkillReading(null, [new SkillProblem(shown, 1, 1, $"The server has no text of at most {SkillLimits.FileLength:N0} bytes there.")]);
        SkillReading reading = SkillReader.Parse(text, listing.Id, shown);
        return reading.Skill is { } skill ? reading with { Skill = skill with { Folder = null } } : reading;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListFilesAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        string folder = FolderOf(id);
        return ValueTask.FromResult<IReadOnlyList<string>>([.. _resources.Select(resource => resource.Uri)
            .Where(uri => uri.StartsWith(folder, StringComparison.Ordinal) && uri.Length > folder.Length && uri != id)
            .Select(uri => uri[folder.Length..]).Order(StringComparer.Ordinal).Take(SkillLimits.BundledFiles)]);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The server does not answer.</exception>
    public async ValueTask<string?> ReadFileAsync(string id, string file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return (await ListFilesAsync(id, cancellationToken).ConfigureAwait(false)).Contains(file) ? await TextAsync(FolderOf(id) + file, cancellationToken).ConfigureAwait(false) : null;
    }

    private static bool IsSkill(Resource resource) => resource.Uri.EndsWith("/" + SkillLimits.FileName, StringComparison.Ordinal);

    private static string FolderOf(string id) => id[..(id.LastIndexOf('/') + 1)];

    private async ValueTask<string> StampAsync(Resource resource, CancellationToken cancellationToken) => resource.Annotations?.LastModified is { } modified
        ? string.Create(CultureInfo.InvariantCulture, $"{resource.Size}-{modified.UtcTicks}")
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(await TextAsync(resource.Uri, cancellationToken).ConfigureAwait(false) ?? "")));

    private async ValueTask<string?> TextAsync(string uri, CancellationToken cancellationToken)
    {
        ReadResourceResult read;
        try
        {
            read = await AskAsync(token => _client.ReadResourceAsync(uri, cancellationToken: token).AsTask(), cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception) when (exception.InnerException is McpException)
        {
            // it answers, and has nothing there
            return null;
        }

        return read.Contents is [TextResourceContents { Text: { } text }] && text.Length <= SkillLimits.FileLength && !text.Contains('\0')
            ? text.TrimStart('\uFEFF').ReplaceLineEndings("\n")
            : null;
    }

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(AnswerTime, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await ask(either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            string why = exception is OperationCanceledException ? $"no answer within {AnswerTime.TotalSeconds:0} seconds" : exception.GetType().Name;
            throw new IOException($"The skills of the MCP server '{Name}' cannot be read ({why}).", exception);
        }
    }
}
