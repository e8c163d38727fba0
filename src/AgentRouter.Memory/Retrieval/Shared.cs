namespace AgentRouter.Memory.Retrieval;

/// <summary>Work that several threads share where there is enough of it.</summary>
internal static class Shared
{
    /// <summary>Does work for each number from 0; in any order, and several at once where there are many.</summary>
    /// <param name="count">The number after the last.</param>
    /// <param name="many">From how many on it is shared.</param>
    /// <param name="work">The work for a number; it touches nothing that the work for another does.</param>
    public static void For(int count, int many, Action<int> work)
    {
        if (count >= many)
        {
            Parallel.For(0, count, work);
            return;
        }

        for (int i = 0; i < count; i++)
            work(i);
    }
}
