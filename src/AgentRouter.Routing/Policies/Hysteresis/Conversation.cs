namespace AgentRouter.Routing.Policies.Hysteresis;

/// <summary>What was seen of one conversation: its model, how its prompt grows, how much the models say. Thread-safe.</summary>
/// <param name="before">What was seen of the agent's conversations before this one; it learns from this one too.</param>
internal sealed class Conversation(CallAverages before)
{
    private readonly Lock _lock = new();
    private readonly CallAverages _own = new(before);
    private long _prompt;
    private int _calls;

    /// <summary>Gets or sets the name of the model that took the last call; <see langword="null"/> before the first.</summary>
    public string? Model { get; set; }

    /// <summary>Gets or sets how many checks of the task's work had failed when that model began.</summary>
    public int ChecksFailed { get; set; }

    /// <summary>Gets or sets the name of the model that was wished for the last call.</summary>
    public string? Wish { get; set; }

    /// <summary>Gets the tokens by which the prompt is expected to grow with each call.</summary>
    public long Growth => _own.Growth;

    /// <summary>Gets the output that is expected of a call, in tokens.</summary>
    public long Output => _own.Output;

    /// <summary>Notes a call.</summary>
    /// <param name="promptTokens">Its prompt.</param>
    /// <returns>Its number, from 1.</returns>
    public int Next(long promptTokens)
    {
        lock (_lock)
        {
            _calls++;
            // a prompt that is shorter than the last one was compacted: that says nothing about growth
            if (_calls > 1 && promptTokens >= _prompt)
            {
                _own.Grew(promptTokens - _prompt);
                before.Grew(promptTokens - _prompt);
            }

            _prompt = promptTokens;
            return _calls;
        }
    }

    /// <summary>Notes what a call put out.</summary>
    public void Said(long outputTokens)
    {
        _own.Said(outputTokens);
        before.Said(outputTokens);
    }
}
