using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Ingestion.Facts;

/// <summary>Remembers statements: a newer one about the same takes the place of the older, which stays with the time until which it held.</summary>
/// <remarks>Safe for use by several threads.</remarks>
public sealed class FactWriter : IDisposable
{
    private const int Attempts = 5;

    private readonly IMemoryRecords _records;
    private readonly TimeProvider _time;
    private readonly FactVersions _versions;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>Makes a writer.</summary>
    /// <param name="records">Where to write; they stay the caller's.</param>
    /// <param name="time">Tells the time; the system's clock when not given.</param>
    public FactWriter(IMemoryRecords records, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        _records = records;
        _time = time ?? TimeProvider.System;
        _versions = new FactVersions(records);
    }

    /// <summary>Remembers a statement. The same statement again changes nothing, but for episodes that it comes from as well.</summary>
    /// <param name="fact">The statement.</param>
    /// <param name="cancellationToken">Cancels the writing; nothing is kept then.</param>
    /// <exception cref="ConfigurationException">The text is empty or too long, or an episode is not there; the message says which. Nothing is written.</exception>
    /// <exception cref="MemoryConflictException">Another process remembers something else about the same again and again.</exception>
    /// <exception cref="IOException">It cannot be written; nothing of it is kept.</exception>
    public async Task<RememberedFact> RememberAsync(NewFact fact, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fact);
        string text = Checked(fact.Text);
        string? about = fact.About is { } subject ? Subject(subject) : null;
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            NodeKey[] from = await EpisodesAsync(fact.From, cancellationToken).ConfigureAwait(false);
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                if (await WriteAsync(fact, text, about, from, cancellationToken).ConfigureAwait(false) is { } remembered)
                    return remembered;
            }

            throw new MemoryConflictException($"Others remember something else about '{about}' at the same time. Repeat it.");
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private async Task<RememberedFact?> WriteAsync(NewFact fact, string text, string? about, NodeKey[] from, CancellationToken cancellationToken)
    {
        string key = about ?? FactVersions.KeyOf(text);
        MemoryNode? held = await _versions.HeldAsync(key, about is not null, cancellationToken).ConfigureAwait(false);
        bool isSame = held is not null && FactVersions.AreSame(held.Text, text);
        DateTimeOffset now = _time.GetUtcNow();
        string next = isSame ? held!.Key : await _versions.FreeKeyAsync(key, static _ => false, cancellationToken).ConfigureAwait(false);
        FactGraph graph = new(new NodeKey(MemoryNodeKind.Fact, next), from);
        if (!isSame)
            graph.Describe(text, fact.Time ?? now, about);
        if (held is not null && !isSame)
            graph.Supersede(held.Key);
        if (graph.IsEmpty)
            return new RememberedFact(held!.Id, held.Key, IsNew: false, Superseded: 0);
        var change = new MemoryChange
        {
            Nodes = graph.Nodes,
            Edges = graph.Edges,
            Superseded = held is null || isSame ? [] : [new Supersession(new NodeKey(MemoryNodeKind.Fact, held.Key), now)],
        };
        try
        {
            MemoryWritten written = await _records.WriteAsync(change, cancellationToken).ConfigureAwait(false);
            return isSame ? new RememberedFact(held!.Id, held.Key, IsNew: false, Superseded: 0) : new RememberedFact(written.Ids[0], next, IsNew: true, held?.Id ?? 0);
        }
        catch (MemoryConflictException)
        {
            // another process has taken the key in between: the fact is remembered behind it
            return null;
        }
    }

    private async Task<NodeKey[]> EpisodesAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        IReadOnlyList<MemoryNode> nodes = ids.Count == 0 ? [] : await _records.ReadNodesAsync(ids, cancellationToken).ConfigureAwait(false);
        foreach (long id in ids)
        {
            if (!nodes.Any(node => node.Id == id && node.Kind == MemoryNodeKind.Episode))
                throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"There is no episode {id} in {_records.Scope}. Name the numbers of episodes that were found."));
        }

        return [.. nodes.Select(node => new NodeKey(node.Kind, node.Key)).Distinct()];
    }

    private static string Checked(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new ConfigurationException("There is nothing to remember: the text is empty.");
        return text.Length <= ImportLimits.NoteLength
            ? SafeText.Of(text.Trim())
            : throw new ConfigurationException($"The text has {text.Length:N0} characters; a fact has at most {ImportLimits.NoteLength:N0}. Import long texts as a source.");
    }

    private static string Subject(string about) => FactGraph.SubjectOf(about) is { Length: > 0 and <= ImportLimits.KeyLength } subject ? subject : throw new ConfigurationException(
        $"What a fact is about has letters or digits, and at most {ImportLimits.KeyLength} characters, such as 'anna/favourite tea'.");
}
