using AgentRouter.Bench.Healing.Chaos;

namespace AgentRouter.Tools.Tests.Healing;

/// <summary>Random graphs, random faults that nobody is told of, judged by what the tools did. The benchmark does many more.</summary>
public class ChaosTests
{
    private const int Cases = 1_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whatever_fails_nothing_is_silent_and_nothing_is_done_twice(bool isPure)
    {
        var problems = new List<string>();
        for (int seed = 0; seed < Cases && problems.Count < 10; seed++)
        {
            if ((await ChaosRun.DoAsync(seed, isPure)).Problem is { } problem)
                problems.Add($"{seed}: {problem}");
        }

        problems.ShouldBeEmpty();
    }
}
