namespace AgentRouter.Memory.Storage;

/// <summary>Keeps what scopes remember. An implementation for a server implements this and <see cref="IMemoryRecords"/>.</summary>
/// <remarks>Safe for use by several threads at once.</remarks>
public interface IMemoryStore : IAsyncDisposable
{
    /// <summary>Lists the scopes that hold something, in the order of their texts.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    Task<IReadOnlyList<MemoryScope>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Opens the records of a scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="create">Whether to make them where there are none.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>The records, which belong to the store and end with it; <see langword="null"/> where there are none and none are to be made.</returns>
    /// <exception cref="IOException">They cannot be opened; the message says why and what to do.</exception>
    /// <exception cref="InvalidDataException">What is there is damaged, or not a memory.</exception>
    Task<IMemoryRecords?> OpenAsync(MemoryScope scope, bool create, CancellationToken cancellationToken = default);

    /// <summary>Erases everything that a scope remembers, so that nothing of it is left in the store.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="cancellationToken">Cancels the erasure before it begins.</param>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="IOException">It cannot be erased; the message says why.</exception>
    Task<bool> EraseAsync(MemoryScope scope, CancellationToken cancellationToken = default);
}
