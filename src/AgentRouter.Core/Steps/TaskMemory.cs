using System.Collections.Concurrent;

namespace AgentRouter.Steps;

/// <summary>What policies remember of one task; it ends with the task. Thread-safe.</summary>
public sealed class TaskMemory
{
    private readonly ConcurrentDictionary<object, object> _items = new();

    /// <summary>Gets what an owner keeps, making it at first.</summary>
    /// <typeparam name="T">The type of what is kept.</typeparam>
    /// <param name="owner">Who keeps it: usually the policy.</param>
    /// <param name="make">Makes it; may run more than once, one result is kept.</param>
    public T GetOrAdd<T>(object owner, Func<T> make)
        where T : class => (T)_items.GetOrAdd(owner, static (_, factory) => factory(), make);
}
