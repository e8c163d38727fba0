using AgentRouter.Events;
using AgentRouter.Memory.Context;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Tests.Engine.Contexts;

/// <summary>A run whose conversation was made shorter and whose process dies: it goes on with the same conversation.</summary>
public sealed class ContextResumeTests
{
    [Theory]
    [InlineData(ContextStrategy.KeepLast)]
    [InlineData(ContextStrategy.Summarize)]
    [InlineData(ContextStrategy.Recall)]
    public Task Wherever_the_process_dies_the_same_is_sent(ContextStrategy strategy) => DieEverywhereAsync(() => new ContextWorld(strategy));

    [Fact]
    public Task Wherever_the_process_dies_a_summary_that_failed_is_done_without() => DieEverywhereAsync(() => new ContextWorld(ContextStrategy.Summarize) { Summary = null });

    [Fact]
    public Task Wherever_the_process_dies_auto_decides_the_same() =>
        DieEverywhereAsync(() => new ContextWorld(ContextStrategy.Auto) { Thought = string.Join(' ', Enumerable.Repeat("I think so.", 60)) });

    [Theory, InlineData("1"), InlineData("2"), InlineData("3")]
    public Task Wherever_the_process_dies_a_look_ahead_comes_to_the_same(string choice) =>
        DieEverywhereAsync(() => new ContextWorld(ContextStrategy.Auto, lookAhead: 2) { Choice = choice }, before: 60);

    [Theory]
    [InlineData(ContextStrategy.KeepLast)]
    [InlineData(ContextStrategy.Summarize)]
    [InlineData(ContextStrategy.Recall)]
    [InlineData(ContextStrategy.Auto)]
    public async Task A_replay_decides_the_same_and_needs_no_memory(ContextStrategy strategy)
    {
        await using var world = new ContextWorld(strategy);
        await world.RunAsync();
        world.Bench.Memory = null;

        ReplayResult replay = await world.Bench.Engine().ReplayAsync(world.Workflow, ContextWorld.Run);

        replay.Mismatch.ShouldBeNull();
    }

    private static async Task DieEverywhereAsync(Func<ContextWorld> make, int before = 6)
    {
        await using ContextWorld whole = make();
        RunResult expected = await whole.RunAsync();
        expected.Outcome.ShouldBe(RunOutcome.Succeeded, expected.Reason);
        whole.Compactions.ShouldNotBeEmpty();
        string last = whole.Prompts[^1];
        // from before the first compaction until after the second, and the end
        List<RunEvent> events = [.. whole.Events];
        int first = events.FindIndex(next => next is ContextCompacted) - before, second = events.FindIndex(first + before + 1, next => next is ContextCompacted);
        int[] deaths = [.. Enumerable.Range(first, second + 4 - first), .. Enumerable.Range(whole.Store.Entries - 3, 3)];

        foreach (int dies in deaths)
        {
            await using ContextWorld world = make();
            await world.RunAsync(dies);
            RunResult resumed = await world.ResumeAsync();

            resumed.Answer.ShouldBe(expected.Answer, $"died after {dies}: {resumed.Reason}");
            world.Compactions.Select(Told).ShouldBe(whole.Compactions.Select(Told), $"died after {dies}");
            // the answer may have been recorded before the process died; then nothing is asked any more
            if (world.Prompts.Count > 0)
                world.Prompts[^1].ShouldBeOneOf([last, .. whole.Prompts], $"died after {dies}");
            Directory.EnumerateFiles(world.Memory.Folder, "*", SearchOption.AllDirectories).ShouldBeEmpty($"died after {dies}");
        }
    }

    private static (string, int, long, long, string?) Told(ContextCompacted compacted) => (compacted.Strategy, compacted.Rounds, compacted.TokensBefore, compacted.TokensAfter, compacted.InPlaceOf);
}
