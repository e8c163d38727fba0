using System.Collections.Concurrent;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Tests.Support;

/// <summary>A store without files, for tests of what stands above it.</summary>
internal sealed class InMemoryStore : IMemoryStore
{
    private readonly ConcurrentDictionary<MemoryScope, InMemoryRecords> _scopes = new();

    public Task<IReadOnlyList<MemoryScope>> ListAsync(CancellationToken cancellationToken = default)
    {
        MemoryScope[] scopes = [.. _scopes.Values.Where(records => records.HoldsSomething).Select(records => records.Scope).OrderBy(scope => scope.ToString(), StringComparer.Ordinal)];
        return Task.FromResult<IReadOnlyList<MemoryScope>>(scopes);
    }

    public Task<IMemoryRecords?> OpenAsync(MemoryScope scope, bool create, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        InMemoryRecords? records = create ? _scopes.GetOrAdd(scope, static scope => new InMemoryRecords(scope)) : _scopes.GetValueOrDefault(scope);
        return Task.FromResult<IMemoryRecords?>(records);
    }

    public Task<bool> EraseAsync(MemoryScope scope, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_scopes.TryRemove(scope, out _));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
