namespace AgentRouter.Memory.Retrieval;

/// <summary>Weighs what speaks for a passage. By hand that is the walk alone: it holds the words and names already, as the places where it begins.</summary>
internal sealed record PassageScore
{
    /// <summary>Gets the names of the weights, in the order of <see cref="Weights"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["walk", "words", "named", "meaning"];

    /// <summary>Gets what it counts how much of the walk comes to it: the logarithm of its share, on the scale of matches.</summary>
    public float Walk { get; init; } = 1;

    /// <summary>Gets what its own words count.</summary>
    public float Words { get; init; }

    /// <summary>Gets what it counts that the question names what it is about.</summary>
    public float Named { get; init; }

    /// <summary>Gets what it counts that it says the same in other words.</summary>
    public float Meaning { get; init; }

    /// <summary>Gets the weights, in the order of <see cref="Names"/>.</summary>
    public double[] Weights => [Walk, Words, Named, Meaning];

    /// <summary>Gets a value indicating whether the walk alone counts.</summary>
    public bool IsWalkAlone => Walk == 1 && Words == 0 && Named == 0 && Meaning == 0;

    /// <summary>Makes one of weights by name; those that are not named are the ones set by hand.</summary>
    public static PassageScore Of(IReadOnlyDictionary<string, double> weights)
    {
        var hand = new PassageScore();
        float[] values = [.. Names.Zip(hand.Weights, (name, own) => (float)weights.GetValueOrDefault(name, own))];
        return new PassageScore { Walk = values[0], Words = values[1], Named = values[2], Meaning = values[3] };
    }

    /// <summary>Computes the score of a passage.</summary>
    /// <param name="numbers">What speaks for it, in the order of <see cref="Names"/>.</param>
    public float Of(double[] numbers) => (float)(Walk * numbers[0] + Words * numbers[1] + Named * numbers[2] + Meaning * numbers[3]);
}
