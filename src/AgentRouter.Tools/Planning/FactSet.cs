using System.Numerics;

namespace AgentRouter.Tools.Planning;

/// <summary>A set of facts, one bit each. Not for use by several threads while one of them changes it.</summary>
/// <param name="factCount">How many facts there are: those in the set are below.</param>
internal sealed class FactSet(int factCount)
{
    private readonly ulong[] _words = new ulong[(factCount + 63) / 64];

    /// <summary>Gets how many facts there are, in the set or not.</summary>
    public int FactCount { get; } = factCount;

    /// <summary>Puts a fact into the set.</summary>
    /// <param name="fact">The fact.</param>
    /// <returns>Whether it was not in it before.</returns>
    public bool Add(int fact)
    {
        Check(fact);
        ulong before = _words[fact >> 6];
        return (_words[fact >> 6] = before | 1UL << fact) != before;
    }

    /// <summary>Takes a fact out of the set.</summary>
    /// <param name="fact">The fact.</param>
    /// <returns>Whether it was in it before.</returns>
    public bool Remove(int fact)
    {
        Check(fact);
        ulong before = _words[fact >> 6];
        return (_words[fact >> 6] = before & ~(1UL << fact)) != before;
    }

    /// <summary>Says whether a fact is in the set.</summary>
    /// <param name="fact">The fact.</param>
    public bool Contains(int fact)
    {
        Check(fact);
        return (_words[fact >> 6] >> fact & 1) != 0;
    }

    /// <summary>Says whether all of some facts are in the set.</summary>
    /// <param name="facts">The facts.</param>
    public bool ContainsAll(ReadOnlySpan<int> facts)
    {
        foreach (int fact in facts)
        {
            if (!Contains(fact))
                return false;
        }

        return true;
    }

    /// <summary>Makes a set with the same facts.</summary>
    public FactSet Clone()
    {
        var clone = new FactSet(FactCount);
        _words.CopyTo(clone._words, 0);
        return clone;
    }

    /// <summary>Lists the facts in the set in ascending order, without allocating.</summary>
    public Enumerator GetEnumerator() => new(_words);

    private void Check(int fact) => ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)fact, (uint)FactCount, nameof(fact));

    /// <summary>Walks over the facts of a set.</summary>
    /// <param name="words">The bits.</param>
    internal struct Enumerator(ulong[] words)
    {
        private ulong _left;
        private int _word = -1;

        /// <summary>Gets the fact.</summary>
        public int Current { get; private set; }

        /// <summary>Goes to the next fact.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            while (_left == 0)
            {
                if (++_word >= words.Length)
                    return false;
                _left = words[_word];
            }

            Current = _word * 64 + BitOperations.TrailingZeroCount(_left);
            _left &= _left - 1;
            return true;
        }
    }
}
