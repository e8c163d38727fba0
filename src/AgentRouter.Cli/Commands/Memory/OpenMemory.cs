using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Terminals;
using AgentRouter.Configuration;
using AgentRouter.Memory;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Exploration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Retrieval.Weights;
using AgentRouter.Memory.Storage.Sqlite;
using AgentRouter.Suggestions;

namespace AgentRouter.Cli.Commands.Memory;

/// <summary>The store of memories that a command works on.</summary>
internal sealed class OpenMemory : IAsyncDisposable
{
    // among the names of so many concepts a misspelt one is looked for
    private const int KnownConcepts = 5_000;

    private readonly CliContext _context;
    private readonly SqliteMemoryStore _store;

    private OpenMemory(CliContext context, MemoryPlace place, MemoryEmbeddings? embeddings)
    {
        (_context, Folder) = (context, place.Folder);
        _store = new SqliteMemoryStore(place.Folder);
        Graph = new GraphMemory(_store, context.TimeProvider, embeddings) { Weights = place.Weights is { } weights ? MemoryWeights.Load(weights) : MemoryWeights.Default };
    }

    /// <summary>Gets the folder of the store.</summary>
    public string Folder { get; }

    /// <summary>Gets the memory.</summary>
    public GraphMemory Graph { get; }

    /// <summary>Opens the store. Nothing is made yet.</summary>
    /// <param name="context">The world.</param>
    /// <param name="named">The folder that was named, or <see langword="null"/>.</param>
    /// <param name="embeddings">What makes vectors, or <see langword="null"/>.</param>
    /// <exception cref="ConfigurationException">The weights of the configuration cannot be used.</exception>
    public static OpenMemory Open(CliContext context, string? named, MemoryEmbeddings? embeddings = null) => new(context, MemoryPlace.Find(context, named), embeddings);

    /// <summary>Tells whether a scope is there.</summary>
    public async Task<bool> HoldsAsync(MemoryScope scope, CancellationToken cancellationToken) => await _store.OpenAsync(scope, create: false, cancellationToken) is not null;

    /// <summary>Requires that scopes hold something.</summary>
    /// <exception cref="UsageException">One holds nothing; the message names the one that may be meant.</exception>
    public async Task RequireAsync(IEnumerable<MemoryScope> scopes, CancellationToken cancellationToken)
    {
        IReadOnlyList<MemoryScope> known = await Graph.ListAsync(cancellationToken);
        foreach (MemoryScope scope in scopes)
        {
            if (known.Contains(scope))
                continue;
            string where = _context.Shorten(Folder);
            if (known.Count == 0)
                throw new UsageException($"Nothing is remembered in {where} yet. 'agentrouter memory import PATH --scope {ShellScope(scope)}' remembers documents and conversations; --store names another folder.");
            string name = scope.ToString();
            // the name may be right and the kind wrong
            string? suggestion = known.FirstOrDefault(other => other.Name == scope.Name) is { } sameName
                ? $"Did you mean '{sameName}'?"
                : Suggestion.Sentence(name, known.Select(other => other.ToString()));
            throw new UsageException($"There is no memory of '{name}' in {where}. {suggestion}");
        }
    }

    /// <summary>Finds the node that a person means.</summary>
    /// <exception cref="UsageException">There is none; the message names the one that may be meant.</exception>
    public async Task<MemoryNode> FindAsync(MemoryScope scope, string name, CancellationToken cancellationToken)
    {
        if (await Graph.FindAsync(scope, name, cancellationToken) is { } node)
            return node;
        MemoryOverview? overview = await Graph.OverviewAsync(scope, KnownConcepts, cancellationToken);
        IEnumerable<string> names = overview is null ? [] : overview.Concepts.Select(concept => concept.Node.Text).Concat(overview.Sources.Select(source => source.Key));
        string near = Suggestion.Nearest(name, names) is { } nearest ? $" Did you mean '{nearest}'?" : $" 'agentrouter memory show --scope {ShellScope(scope)}' lists what is mentioned most, and 'memory ask' searches texts.";
        throw new UsageException($"'{scope}' remembers no number, key or name '{name}'.{near}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Graph.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static string ShellScope(MemoryScope scope) => ShellText.Quote(scope.ToString());
}
