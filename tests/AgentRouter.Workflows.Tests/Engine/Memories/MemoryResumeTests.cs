using AgentRouter.Events;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Use;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Tests.Journal;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Memories;

/// <summary>A run with a memory whose process dies: what was recalled is recalled from its record, and what was written is not written twice.</summary>
public sealed class MemoryResumeTests
{
    [Fact]
    public async Task Wherever_the_process_dies_the_same_notes_are_shown_and_everything_is_remembered_once()
    {
        await using World whole = await World.MakeAsync();
        RunResult expected = await whole.RunAsync(int.MaxValue);
        expected.Outcome.ShouldBe(RunOutcome.Succeeded, expected.Reason);
        string[] keys = MemoryBench.Keys(whole.Events);
        keys.Length.ShouldBeGreaterThan(2);
        MemoryStatistics written = await whole.StatisticsAsync();
        written.Nodes[MemoryNodeKind.Fact].ShouldBe(1);
        int recalled = whole.Events.ToList().FindIndex(next => next is MemoryRecalled) + 1;

        for (int dies = recalled; dies < whole.Store.Entries; dies++)
        {
            await using World world = await World.MakeAsync();
            await world.RunAsync(dies);
            world.Bench.Clock.Advance(TimeSpan.FromHours(1));
            RunResult resumed = await world.ResumeAsync();

            resumed.Reason.ShouldBeNull($"died after {dies}");
            resumed.Answer.ShouldBe(expected.Answer, $"died after {dies}");
            MemoryBench.Keys(world.Events).ShouldBe(keys, $"died after {dies}");
            (await world.StatisticsAsync()).ShouldSatisfyAllConditions(
                now => now.Nodes[MemoryNodeKind.Fact].ShouldBe(1, $"died after {dies}"),
                now => now.Nodes[MemoryNodeKind.Episode].ShouldBe(written.Nodes[MemoryNodeKind.Episode], $"died after {dies}"),
                now => now.Superseded.ShouldBe(0, $"died after {dies}"));
        }
    }

    [Fact]
    public async Task What_was_recalled_is_shown_again_though_the_memory_has_changed_since()
    {
        await using World whole = await World.MakeAsync();
        await whole.RunAsync(int.MaxValue);
        int recalled = whole.Events.ToList().FindIndex(next => next is MemoryRecalled) + 1;
        await using World world = await World.MakeAsync();
        await world.RunAsync(recalled);
        await world.Memory.SaidAsync(MemoryBench.Shop, "chat/june", ("Eve", "What does the cat eat? The cat eats what the cat eats."));

        RunResult resumed = await world.ResumeAsync();

        resumed.Outcome.ShouldBe(RunOutcome.Succeeded, resumed.Reason);
        world.Events.OfType<MemoryRecalled>().First().Notes.ShouldNotContain(note => note.Source == "chat/june");
        world.Prompts[^2].ShouldNotContain("chat/june");
    }

    [Fact]
    public async Task A_replay_needs_no_memory_and_writes_nothing()
    {
        await using World world = await World.MakeAsync();
        await world.RunAsync(int.MaxValue);
        MemoryStatistics before = await world.StatisticsAsync();
        world.Bench.Memory = null;

        ReplayResult replay = await world.Bench.Engine().ReplayAsync(World.Whole(), "run-1");

        replay.Mismatch.ShouldBeNull();
        (await world.StatisticsAsync()).Nodes.ShouldBe(before.Nodes);
    }

    private sealed class World : IAsyncDisposable
    {
        private World(MemoryBench memory)
        {
            Memory = memory;
            FakeModel model = MemoryBench.Calling(
                ("memory_remember", [("text", "The cat is called Miso."), ("about", "cat/name")]),
                ("memory_recall", [("question", "What is the cat called?"), ("top", 1)]));
            Bench = new Bench(new FakeModel(async (messages, options, token) =>
            {
                Prompts.Add(messages.First(message => message.Role == Microsoft.Extensions.AI.ChatRole.User).Text);
                return options?.Tools is { Count: > 0 } ? await model.GetResponseAsync(messages, options, token) : FakeModel.Text("summed up");
            }))
            { Store = Store, Memory = memory.Memory };
        }

        public MemoryBench Memory { get; }

        public Bench Bench { get; }

        public MortalStore Store { get; } = new();

        public List<string> Prompts { get; } = [];

        public IReadOnlyList<RunEvent> Events => Store.Events("run-1");

        public static async Task<World> MakeAsync() => new(await MemoryBench.OfCatAsync());

        public static WorkflowDefinition Whole() => Workflow(
            MemoryBench.Node(MemoryDefinition.Of("project:shop") with { Remembers = MemoryRemembers.Turns }, "work", "sum"),
            MemoryBench.Node(MemoryDefinition.Of("project:shop") with { Tools = false, Remembers = MemoryRemembers.Answers }, "sum"),
            Done(answer: "{{ work }} {{ sum }}"));

        public Task<RunResult> RunAsync(int diesAfter)
        {
            Store.DiesAfter = diesAfter;
            return Bench.Engine().Start(Whole(), new RunRequest { RunId = "run-1", StreamEvents = false }).Completion;
        }

        public async Task<RunResult> ResumeAsync()
        {
            Store.Revive();
            return await (await Bench.Engine().ResumeAsync(Whole(), "run-1", streamEvents: false)).Completion;
        }

        public async Task<MemoryStatistics> StatisticsAsync() => await (await Memory.Store.OpenAsync(MemoryBench.Shop, create: false))!.ReadStatisticsAsync();

        public ValueTask DisposeAsync() => Memory.DisposeAsync();
    }
}
