using System.Numerics;

namespace AgentRouter.Memory.Index;

/// <summary>Checks of columns that were read from a file.</summary>
internal static class Sorted
{
    /// <summary>Tells whether each number is above the one before.</summary>
    public static bool IsAscending<T>(ReadOnlySpan<T> numbers)
        where T : INumber<T>
    {
        for (int i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] <= numbers[i - 1])
                return false;
        }

        return true;
    }

    /// <summary>Tells whether ends part so many entries into stretches.</summary>
    /// <param name="ends">The ends.</param>
    /// <param name="entries">How many entries there are.</param>
    /// <param name="mayBeEmpty">Whether a stretch may have no entry.</param>
    public static bool IsPartition(ReadOnlySpan<int> ends, int entries, bool mayBeEmpty = false)
    {
        int before = mayBeEmpty ? 0 : -1;
        foreach (int end in ends)
        {
            if (mayBeEmpty ? end < before : end <= before)
                return false;
            before = end;
        }

        return ends.IsEmpty ? entries == 0 : before == entries;
    }

    /// <summary>Tells whether all numbers lie within bounds.</summary>
    public static bool IsWithin(ReadOnlySpan<int> numbers, int least, int most)
    {
        foreach (int number in numbers)
        {
            if (number < least || number > most)
                return false;
        }

        return true;
    }
}
