namespace AgentRouter.Routing.Learning.Text;

/// <summary>The hashes of the words of two characters or more, and of the pairs of such words that follow each other.</summary>
internal ref struct TermEnumerator(ReadOnlySpan<ScannedWord> words)
{
    private readonly ReadOnlySpan<ScannedWord> _words = words;
    private int _next;
    private uint _before;
    private uint _pair;
    private bool _hasBefore;
    private bool _hasPair;

    /// <summary>Gets the hash.</summary>
    public uint Current { get; private set; }

    /// <summary>Goes to the next hash.</summary>
    public bool MoveNext()
    {
        if (_hasPair)
        {
            Current = _pair;
            _hasPair = false;
            return true;
        }

        while (_next < _words.Length)
        {
            ref readonly ScannedWord word = ref _words[_next++];
            if (word.Length < 2)
                continue;
            if (_hasBefore)
            {
                _pair = WordHash.OfPair(_before, word.Hash);
                _hasPair = true;
            }

            _before = word.Hash;
            _hasBefore = true;
            Current = word.Hash;
            return true;
        }

        return false;
    }
}
