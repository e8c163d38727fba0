namespace AgentRouter.Routing.Policies.Hysteresis;

/// <summary>What was seen of one conversation: its model, how its prompt grows, how much the models say. Thread-safe.</summary>
internal sealed class Conversation
{
    private readonly Lock _lock = new();
    private double? _growth, _output;
    private long _prompt;
    private int _calls;

    /// <summary>Gets or sets the name of the model that took the last call; <see langword="null"/> before the first.</summary>
    public string? Model { get; set; }

    /// <summary>Gets or sets the name of the model that was wished for the last call.</summary>
    public string? Wish { get; set; }

    /// <summary>Notes a call.</summary>
    /// <param name="promptTokens">Its prompt.</param>
    /// <returns>Its number from 1, and the tokens by which the prompt grows from call to call.</returns>
    public (int Call, long Growth) Next(long promptTokens)
    {
        lock (_lock)
        {
            _calls++;
            // a prompt that is shorter than the last one was compacted: that says nothing about growth
            if (_calls > 1 && promptTokens >= _prompt)
                _growth = Mean(_growth, promptTokens - _prompt);
            _prompt = promptTokens;
            return (_calls, (long)(_growth ?? HysteresisDefaults.GrowthTokens));
        }
    }

    /// <summary>Notes what a call put out.</summary>
    public void Said(long outputTokens)
    {
        lock (_lock)
            _output = Mean(_output, outputTokens);
    }

    /// <summary>Gets the output that is expected of a call.</summary>
    public long ExpectedOutput(long otherwise)
    {
        lock (_lock)
            return (long)(_output ?? otherwise);
    }

    private static double Mean(double? mean, long latest) =>
        mean is { } known ? known + HysteresisDefaults.LatestCounts * (latest - known) : latest;
}
