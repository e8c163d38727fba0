using AgentRouter.Events;
using AgentRouter.Memory;
using AgentRouter.Memory.Context;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Tests.Engine.Memories;

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

    [Theory, InlineData("reader"), InlineData("memory")]
    public async Task Wherever_the_process_dies_the_call_that_finds_facts_is_not_taken_for_a_summary(string agent)
    {
        Func<ContextWorld> make = () => new ContextWorld(ContextStrategy.Auto, agentName: agent, learns: true, visits: 2) { Thought = string.Join(' ', Enumerable.Repeat("I think so.", 60)) };
        await using ContextWorld whole = make();
        RunResult expected = await whole.RunAsync();
        expected.Outcome.ShouldBe(RunOutcome.Succeeded, expected.Reason);
        whole.Compactions.ShouldContain(compacted => compacted.Strategy == "summarize");
        List<RunEvent> events = [.. whole.Events];
        int asked = events.FindIndex(next => next is FactsAsked), second = events.FindIndex(asked, next => next is ContextCompacted);
        asked.ShouldBeGreaterThan(0);
        second.ShouldBeGreaterThan(asked, "the second visit is summed up too");
        // from before the answer until after its facts, and around the first summary of the next visit
        int[] deaths = [.. Enumerable.Range(asked - 4, 14), .. Enumerable.Range(second - 8, 10)];

        foreach (int dies in deaths)
        {
            await using ContextWorld world = make();
            await world.RunAsync(dies);
            RunResult resumed = await world.ResumeAsync();

            resumed.Answer.ShouldBe(expected.Answer, $"died after {dies}: {resumed.Reason}");
            Told(world).ShouldBe(Told(whole), $"died after {dies}");
            (await world.Memory.Memory.ListAsync()).ShouldBe([MemoryBench.Shop], $"died after {dies}");
        }
    }

    [Fact]
    public async Task What_a_killed_process_left_in_the_memory_is_gone_when_the_run_has_gone_on_and_nothing_else()
    {
        await using var world = new ContextWorld(ContextStrategy.KeepLast);
        await world.RunAsync(diesAfter: 12);
        string[] others = ["project:shop", "workflow:run-run-10/0123456789abcdef", "workflow:run-run-1/notes", "workflow:run-1/0123456789abcdef"];
        foreach (string scope in (string[])["workflow:run-run-1/0123456789abcdef", .. others])
            await world.Memory.SaidAsync(MemoryScope.Parse(scope), "rounds", ("tool", "The code is 4711."));

        RunResult resumed = await world.ResumeAsync();

        resumed.Outcome.ShouldBe(RunOutcome.Succeeded, resumed.Reason);
        (await world.Memory.Memory.ListAsync()).Select(scope => scope.ToString()).ShouldBe(others, ignoreOrder: true);
        world.Events.OfType<RunWarning>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fork_and_a_replay_leave_alone_what_the_run_has_in_the_memory()
    {
        await using var world = new ContextWorld(ContextStrategy.Recall);
        await world.RunAsync();
        MemoryScope left = MemoryScope.Parse("workflow:run-run-1/0123456789abcdef");
        await world.Memory.SaidAsync(left, "rounds", ("tool", "The code is 4711."));

        await world.Bench.Engine().ReplayAsync(world.Workflow, ContextWorld.Run);
        string fork = await world.Bench.Engine().ForkAsync(ContextWorld.Run, new ForkRequest { RunId = "run-2", At = world.Compactions[0].Sequence });
        RunResult forked = await (await world.Bench.Engine().ResumeAsync(world.Workflow, fork, streamEvents: false)).Completion;

        forked.Answer.ShouldBe("It is 4711.", forked.Reason);
        world.Store.Events("run-2").OfType<MemoryRecalled>().ShouldContain(recalled => recalled.Notes.Count > 0 && recalled.Notes[0].Scope.StartsWith("workflow:run-run-2/"));
        (await world.Memory.Memory.ListAsync()).ShouldBe([left]);
    }

    [Fact]
    public async Task A_memory_that_cannot_be_listed_is_a_warning_when_a_run_goes_on()
    {
        await using var world = new ContextWorld(ContextStrategy.KeepLast);
        await world.RunAsync(diesAfter: 12);
        string folder = Directory.CreateDirectory(Path.Combine(world.Memory.Folder, "workflow")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "torn.db"), new string('x', 5_000));

        RunResult resumed = await world.ResumeAsync();

        resumed.Outcome.ShouldBe(RunOutcome.Succeeded, resumed.Reason);
        world.Events.OfType<RunWarning>().ShouldHaveSingleItem().Message.ShouldStartWith("What an earlier process of the run may have remembered of its own steps could not be looked for: ");
    }

    private static (string, string, string)[] Told(ContextWorld world) =>
        [.. world.Events.Where(next => next is StepRouted or FactsAsked or MemoryRemembered or ContextCompacted or NodeFinished).Select(next => next switch
        {
            StepRouted routed => (nameof(StepRouted), $"{routed.Node} {routed.Step}", $"{routed.Agent} {routed.Role}"),
            ContextCompacted compacted => (nameof(ContextCompacted), compacted.Node!, Told(compacted).ToString()),
            MemoryRemembered remembered => (nameof(MemoryRemembered), remembered.Source, $"{remembered.Facts}"),
            _ => (next.GetType().Name, next.Node!, ""),
        })];

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
