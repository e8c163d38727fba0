namespace AgentRouter.Memory.Storage.Sqlite;

/// <summary>A scope was erased while it was open.</summary>
internal sealed class ScopeErasedException(MemoryScope scope)
    : IOException($"The memory of '{scope}' was erased while it was open. Open it again to begin a new one.");
