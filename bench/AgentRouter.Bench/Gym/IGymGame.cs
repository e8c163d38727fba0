namespace AgentRouter.Bench.Gym;

/// <summary>A kind of task that solvers of different strength really work on, and whose result is checked.</summary>
internal interface IGymGame
{
    /// <summary>Gets the game's name.</summary>
    string Name { get; }

    /// <summary>Gets the solvers, from the cheapest to the dearest.</summary>
    IReadOnlyList<string> Solvers { get; }

    /// <summary>Makes a step and lets every solver work on it.</summary>
    /// <param name="random">Where its randomness comes from.</param>
    GymStep Play(Random random);
}
