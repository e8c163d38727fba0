using System.Runtime.CompilerServices;
using AgentRouter.Configuration;
using AgentRouter.Skills.Sources;
using AgentRouter.Tools.Mcp;
using ModelContextProtocol.Client;

namespace AgentRouter.Workflows.Mcp;

/// <summary>The skills of an MCP server of the configuration. The server is started or reached when its skills are first listed, and again after it was gone.</summary>
/// <remarks>What comes of it is that of <see cref="McpSkillSource"/>; ids have the server's name before them, so that two servers may offer skills of one name.</remarks>
public sealed class McpSkillServer : IBundledFileSource, IAsyncDisposable
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(30);

    private readonly McpServerSettings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private (McpClient Client, McpSkillSource Skills)? _open;

    /// <summary>Makes the source. Nothing is started yet.</summary>
    /// <param name="settings">The server.</param>
    /// <param name="timeProvider">The clock; the system's when not given.</param>
    public McpSkillServer(McpServerSettings settings, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (_settings, _timeProvider) = (settings, timeProvider ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public string Name => "mcp." + _settings.Name;

    private string Prefix => Name + ":";

    /// <inheritdoc/>
    /// <exception cref="IOException">The server cannot be started or reached, or does not answer.</exception>
    public async IAsyncEnumerable<SkillListing> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<SkillListing> listed = await AskAsync(async skills => await skills.ListAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        foreach (SkillListing listing in listed)
            yield return listing with { Id = Prefix + listing.Id };
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The server does not answer.</exception>
    public async ValueTask<SkillReading> ReadAsync(SkillListing listing, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(listing);
        SkillReading reading = await AskAsync(skills => skills.ReadAsync(listing with { Id = UriOf(listing.Id) }, cancellationToken), cancellationToken).ConfigureAwait(false);
        return reading.Skill is { } skill ? reading with { Skill = skill with { Id = listing.Id } } : reading;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The server does not answer.</exception>
    public ValueTask<IReadOnlyList<string>> ListFilesAsync(string id, CancellationToken cancellationToken = default) =>
        AskAsync(skills => skills.ListFilesAsync(UriOf(id), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="IOException">The server does not answer.</exception>
    public ValueTask<string?> ReadFileAsync(string id, string file, CancellationToken cancellationToken = default) =>
        AskAsync(skills => skills.ReadFileAsync(UriOf(id), file, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        _connecting.Dispose();
    }

    private string UriOf(string id) => id.StartsWith(Prefix, StringComparison.Ordinal) ? id[Prefix.Length..] : id;

    private async ValueTask<T> AskAsync<T>(Func<McpSkillSource, ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        McpSkillSource skills = await OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ask(skills).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // the next one begins anew
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<McpSkillSource> OpenAsync(CancellationToken cancellationToken)
    {
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_open is not { } open)
            {
                McpClient client = await ConnectAsync(cancellationToken).ConfigureAwait(false);
                _open = open = (client, new McpSkillSource(client, Name, _timeProvider));
            }

            return open.Skills;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<McpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ConnectTime, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await McpClient.CreateAsync(McpTransports.Make(_settings), cancellationToken: either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{McpTransports.Missing(_settings)}. Check mcp.{_settings.Name} in the configuration, or take 'skills' from it.", exception);
        }
    }

    private async ValueTask CloseAsync()
    {
        await _connecting.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_open is { } open)
                await open.Client.DisposeAsync().ConfigureAwait(false);
            _open = null;
        }
        finally
        {
            _connecting.Release();
        }
    }
}
