using System.Collections.Concurrent;
using AgentRouter.Sqlite;

namespace AgentRouter.Memory.Storage.Sqlite.Writing;

/// <summary>Writes changes in the order in which they come; those that wait at the same time in one transaction.</summary>
/// <remarks>A commit writes every page that was touched, and changes touch many of the same: twenty changes in one transaction cost a third less than in twenty.
/// Each is written as a whole or not at all, and what one of them may not do keeps no other from being written.</remarks>
/// <param name="writer">The connection that writes.</param>
internal sealed class ChangeQueue(MemoryWriter writer)
{
    // a question sees what is committed, so that a transaction is to be short
    private const int MostTogether = 32;

    private readonly ConcurrentQueue<WaitingChange> _waiting = new();
    private readonly KnownNodes _known = new();

    /// <summary>Writes a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Cancels it before it is written as a whole.</param>
    public async Task<MemoryWritten> WriteAsync(MemoryChange change, CancellationToken cancellationToken)
    {
        var mine = new WaitingChange(change, cancellationToken);
        _waiting.Enqueue(mine);
        try
        {
            // whoever's turn it is writes for all who wait
            await writer.RunAsync(WriteWaiting, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!mine.TryTake())
        {
            // somebody else has it in hand
        }

        return await mine.Written.ConfigureAwait(false);
    }

    /// <summary>Forgets the numbers of nodes: some are no more. Called by whoever writes.</summary>
    public void ForgetNumbers() => _known.Clear();

    private bool WriteWaiting(SqliteStatements db)
    {
        var together = new List<WaitingChange>();
        while (together.Count < MostTogether && _waiting.TryDequeue(out WaitingChange? next))
        {
            if (next.TryTake())
                together.Add(next);
        }

        if (together.Count < 2 || Write(db, together) is not null)
        {
            foreach (WaitingChange each in together)
            {
                if (Write(db, [each]) is { } error)
                    each.Fail(error);
            }
        }

        return true;
    }

    // all of them or none; what kept them from being written
    private Exception? Write(SqliteStatements db, List<WaitingChange> changes)
    {
        MemoryWritten[] written;
        try
        {
            written = writer.InTransaction(db, version =>
            {
                _known.ComeTo(db.Number("PRAGMA data_version")!.Value);
                var results = new MemoryWritten[changes.Count];
                for (int i = 0; i < results.Length; i++)
                {
                    results[i] = new ChangeWriter(db, _known, version, changes[i].CancellationToken).Write(changes[i].Change);
                    version = results[i].Version;
                }

                return results;
            });
        }
        catch (Exception error)
        {
            _known.Clear();
            return error;
        }

        for (int i = 0; i < written.Length; i++)
            changes[i].Complete(written[i]);
        return null;
    }
}
