namespace AgentRouter.Language.Matrices;

/// <summary>Shares work on rows among the processors. What comes out does not depend on how many there are.</summary>
internal static class ParallelRanges
{
    private const int Range = 64;

    /// <summary>Calls back with ranges of rows, several at a time.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="action">Takes the first row and the row behind the last.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static void Run(int rows, Action<int, int> action, CancellationToken cancellationToken = default)
    {
        if (rows <= Range)
        {
            cancellationToken.ThrowIfCancellationRequested();
            action(0, rows);
            return;
        }

        Parallel.For(0, (rows + Range - 1) / Range, new ParallelOptions { CancellationToken = cancellationToken },
            range => action(range * Range, Math.Min(rows, (range + 1) * Range)));
    }
}
