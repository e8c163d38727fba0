namespace AgentRouter.Tools.Planning;

/// <summary>Keeps a few objects for reuse, without locks. What finds no room is left to the garbage collector.</summary>
/// <typeparam name="T">What is kept.</typeparam>
/// <param name="create">Makes one when none is kept.</param>
internal sealed class ScratchPool<T>(Func<T> create)
    where T : class
{
    private readonly T?[] _kept = new T?[Environment.ProcessorCount];

    /// <summary>Takes one out.</summary>
    public T Rent()
    {
        int first = Thread.GetCurrentProcessorId();
        for (int i = 0; i < _kept.Length; i++)
        {
            ref T? place = ref _kept[(uint)(first + i) % (uint)_kept.Length];
            if (Volatile.Read(ref place) is not null && Interlocked.Exchange(ref place, null) is { } kept)
                return kept;
        }

        return create();
    }

    /// <summary>Puts one back.</summary>
    /// <param name="item">What <see cref="Rent"/> gave; nobody uses it any more.</param>
    public void Return(T item)
    {
        int first = Thread.GetCurrentProcessorId();
        for (int i = 0; i < _kept.Length; i++)
        {
            ref T? place = ref _kept[(uint)(first + i) % (uint)_kept.Length];
            if (Volatile.Read(ref place) is null && Interlocked.CompareExchange(ref place, item, null) is null)
                return;
        }
    }
}
