using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Agreement;

/// <summary>The answers of the cheap tier to one request, put together by who agrees with whom.</summary>
internal sealed class CheapSamples(AgreementOptions options)
{
    private readonly List<(ChatResponse First, int Count)> _answers = [];
    private int _taken;

    /// <summary>Gets what all samples used together.</summary>
    public UsageDetails? Usage { get; private set; }

    /// <summary>Gets the answer that most samples gave, the earliest of several; <see langword="null"/> before the first.</summary>
    public ChatResponse? Best => _answers.Count == 0 ? null : _answers.MaxBy(answer => answer.Count).First;

    /// <summary>Gets a value indicating whether enough samples agree.</summary>
    public bool Agree => Most >= options.Agreement;

    /// <summary>Gets a value indicating whether another sample may still bring agreement.</summary>
    public bool AnotherMayHelp => _taken < options.Samples && !Agree && Most + options.Samples - _taken >= options.Agreement;

    private int Most => _answers.Count == 0 ? 0 : _answers.Max(answer => answer.Count);

    /// <summary>Takes a sample.</summary>
    public void Add(ChatResponse response)
    {
        _taken++;
        Usage = Together(Usage, response.Usage);
        int same = _answers.FindIndex(answer => options.Comparer.Equals(answer.First, response));
        if (same < 0)
            _answers.Add((response, 1));
        else
            _answers[same] = (_answers[same].First, _answers[same].Count + 1);
    }

    /// <summary>Gets the best answer with the usage of all samples.</summary>
    public ChatResponse Deliver()
    {
        ChatResponse best = Best!;
        best.Usage = Usage;
        return best;
    }

    /// <summary>Adds what the samples used to the usage of a further call.</summary>
    public UsageDetails? With(UsageDetails? further) => Together(Usage, further);

    private static UsageDetails? Together(UsageDetails? one, UsageDetails? other)
    {
        if (one is null || other is null)
            return one ?? other;
        var sum = new UsageDetails();
        sum.Add(one);
        sum.Add(other);
        return sum;
    }
}
