namespace AgentRouter.Onnx.Sessions;

/// <summary>How many tokens a batch may have: half as many after the device's memory was short, and slowly more again.</summary>
internal sealed class BatchTokens
{
    private const int CalmBatches = 32;
    private readonly int _most;
    private int _calm;

    /// <summary>Begins with the most that is tried.</summary>
    public BatchTokens(int most) => Limit = _most = most;

    /// <summary>Gets how many tokens a batch may have.</summary>
    public int Limit { get; private set; }

    /// <summary>Takes note of a batch that ran.</summary>
    public void Ran()
    {
        if (Limit == _most || ++_calm < CalmBatches)
            return;
        _calm = 0;
        Limit = (int)Math.Min(_most, Limit + Limit / 4L + 1);
    }

    /// <summary>Takes note of a batch that the memory was too short for.</summary>
    /// <param name="tokens">The tokens that it had, padding counted.</param>
    public void WasTooMuch(int tokens) => (Limit, _calm) = (Math.Max(1, tokens / 2), 0);
}
