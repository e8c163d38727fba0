namespace AgentRouter.Routing.Tasks;

/// <summary>What was verified of a task, or of one of its branches, and who waits for the next verification. Thread-safe.</summary>
internal sealed class TaskChecks
{
    // a task that nothing ever verifies must not keep all its decisions
    private const int MaxWaiting = 256;

    private readonly Lock _lock = new();
    private readonly Queue<Action<bool>> _waiting = new();

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    /// <summary>Gets how many verifications have failed since the last one that passed.</summary>
    public int FailedInARow { get; private set; }

    /// <summary>Keeps who is to be told what the next verification shows.</summary>
    public void Expect(Action<bool> learn)
    {
        lock (_lock)
        {
            if (_waiting.Count == MaxWaiting)
                _waiting.Dequeue();
            _waiting.Enqueue(learn);
        }
    }

    /// <summary>Counts a verification and tells all who wait what came of the work before it.</summary>
    public void Report(bool passed)
    {
        Action<bool>[] waiting;
        lock (_lock)
        {
            if (passed)
                Passed++;
            else
                Failed++;
            FailedInARow = passed ? 0 : FailedInARow + 1;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (Action<bool> learn in waiting)
            learn(passed);
    }

    /// <summary>Hands all who still wait to the task that a branch belongs to.</summary>
    public void HandTo(TaskChecks task)
    {
        Action<bool>[] waiting;
        lock (_lock)
        {
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (Action<bool> learn in waiting)
            task.Expect(learn);
    }
}
