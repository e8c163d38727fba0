using AgentRouter.Tokens;
using Microsoft.Extensions.AI;

namespace AgentRouter.Models;

/// <summary>The models a router chooses from: tiers in order of capability, each with one or more models and their chat clients.</summary>
/// <remarks>
/// It is itself a chat client, so that it can stand at the end of a <c>ChatClientBuilder</c> pipeline: unrouted, a request goes
/// to the model that <see cref="ChatOptions.ModelId"/> names, else to the first model. A set is filled once and then only read;
/// reading is thread-safe. Disposing it disposes the clients that were added with <c>ownsClient</c>.
/// </remarks>
public sealed class ModelSet : IChatClient
{
    private readonly List<ModelEntry> _entries = [];
    private readonly List<string> _tiers;
    private readonly bool _tiersAreFixed;
    private readonly ChatClientMetadata _metadata = new("agentrouter");

    /// <summary>Makes an empty set whose tiers are ranked in the order in which models are added.</summary>
    public ModelSet() => _tiers = [];

    /// <summary>Makes an empty set with these tiers.</summary>
    /// <param name="tiers">Tier names, from the least to the most capable.</param>
    public ModelSet(IEnumerable<string> tiers)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        _tiers = [.. tiers];
        _tiersAreFixed = true;
    }

    /// <summary>Gets the tier names, from the least to the most capable.</summary>
    public IReadOnlyList<string> Tiers => _tiers;

    /// <summary>Gets the models in the order of their tiers; within a tier, in the order they were added.</summary>
    public IReadOnlyList<ModelEntry> Entries => _entries;

    /// <summary>Adds a model and the client that talks to it.</summary>
    /// <param name="profile">The model.</param>
    /// <param name="client">The chat client for it.</param>
    /// <param name="tokenCounter">Counts its prompt tokens; the byte bound when not given.</param>
    /// <param name="ownsClient">Whether the set disposes the client.</param>
    /// <returns>This set.</returns>
    /// <exception cref="ArgumentException">The name is taken, or the tier is not one of the tiers this set was made with.</exception>
    public ModelSet Add(ModelProfile profile, IChatClient client, ITokenCounter? tokenCounter = null, bool ownsClient = true)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(client);
        if (_entries.Exists(entry => entry.Profile.Name == profile.Name))
            throw new ArgumentException($"There are two models named '{profile.Name}'; give one of them another name.", nameof(profile));
        if (!_tiers.Contains(profile.Tier))
        {
            if (_tiersAreFixed)
                throw new ArgumentException($"Model '{profile.Name}' is in tier '{profile.Tier}', but the tiers are {string.Join(", ", _tiers)}.", nameof(profile));
            _tiers.Add(profile.Tier);
        }

        int rank = _tiers.IndexOf(profile.Tier);
        int at = _entries.FindLastIndex(entry => entry.TierRank <= rank) + 1;
        _entries.Insert(at, new ModelEntry(profile, rank, _tiers, client, tokenCounter ?? ByteBoundTokenCounter.Instance, ownsClient));
        return this;
    }

    /// <summary>Finds a model by its name.</summary>
    /// <param name="name">The name, or the id at the provider.</param>
    public ModelEntry? Find(string? name) =>
        name is null ? null : _entries.Find(entry => entry.Profile.Name == name) ?? _entries.Find(entry => entry.Profile.ModelId == name);

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Unrouted(options).Client.GetResponseAsync(messages, options, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Unrouted(options).Client.GetStreamingResponseAsync(messages, options, cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is null && serviceType.IsInstanceOfType(this))
            return this;
        if (serviceKey is null && serviceType == typeof(ChatClientMetadata))
            return _metadata;
        return _entries.Count == 0 ? null : _entries[0].Client.GetService(serviceType, serviceKey);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ModelEntry entry in _entries)
        {
            if (entry.OwnsClient)
                entry.Client.Dispose();
        }
    }

    private ModelEntry Unrouted(ChatOptions? options)
    {
        if (_entries.Count == 0)
            throw new InvalidOperationException("The model set is empty: add at least one model.");
        return Find(options?.ModelId) ?? _entries[0];
    }
}
