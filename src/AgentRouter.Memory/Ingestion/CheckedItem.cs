namespace AgentRouter.Memory.Ingestion;

/// <summary>An item that can be imported.</summary>
/// <param name="Item">The item, with safe texts and its own or the source's time.</param>
/// <param name="Place">Its place in the source, from 0.</param>
/// <param name="Key">The key of its episode, the first time that it is imported.</param>
/// <param name="Hash">The hash of its content.</param>
internal sealed record CheckedItem(MemoryItem Item, int Place, string Key, string Hash);
