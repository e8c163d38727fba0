namespace AgentRouter.Routing.Learning;

/// <summary>Lends <see cref="TaskFeatures"/> to the threads that predict, so that a prediction allocates nothing once as many exist
/// as threads predict at once.</summary>
internal sealed class TaskFeaturesPool
{
    private readonly TaskFeatures?[] _free = new TaskFeatures?[Math.Max(4, Environment.ProcessorCount * 2)];

    /// <summary>Takes one that is free, or makes one.</summary>
    public TaskFeatures Rent()
    {
        for (int i = 0; i < _free.Length; i++)
        {
            if (_free[i] is not null && Interlocked.Exchange(ref _free[i], null) is { } free)
                return free;
        }

        return new TaskFeatures();
    }

    /// <summary>Gives one back.</summary>
    public void Return(TaskFeatures features)
    {
        for (int i = 0; i < _free.Length; i++)
        {
            if (_free[i] is null && Interlocked.CompareExchange(ref _free[i], features, null) is null)
                return;
        }
    }
}
