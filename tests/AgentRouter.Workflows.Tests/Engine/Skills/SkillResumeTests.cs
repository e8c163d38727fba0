using AgentRouter.Events;
using AgentRouter.Skills.Feedback;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Tests.Journal;
using Microsoft.Extensions.AI;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Skills;

/// <summary>A run with skills whose process dies: what was offered and opened is recalled, not searched and read again.</summary>
public sealed class SkillResumeTests
{
    private const int MaxTokens = 100;

    [Fact]
    public async Task Wherever_the_process_dies_the_same_skills_are_offered_and_opened_though_the_library_has_changed()
    {
        using var whole = new World();
        RunResult expected = await whole.RunAsync(int.MaxValue);
        expected.Outcome.ShouldBe(RunOutcome.Succeeded, expected.Reason);
        string[] opened = whole.Opened();
        opened.Length.ShouldBe(2);
        int offered = whole.Events.ToList().FindIndex(next => next is SkillsOffered) + 1;

        for (int dies = offered; dies < whole.Store.Entries; dies++)
        {
            using var world = new World();
            await world.RunAsync(dies);
            // a better skill comes, and nothing learned counts
            world.Skills.Skill("a-better-one", "Repair the failing test. Repair the failing test.");
            RunResult resumed = await world.ResumeAsync();

            resumed.Reason.ShouldBeNull($"died after {dies}");
            resumed.Answer.ShouldBe(expected.Answer, $"died after {dies}");
            SkillBench.Names(world.Events).ShouldBe(SkillBench.Names(whole.Events), $"died after {dies}");
            world.Opened().ShouldBe(opened, $"died after {dies}");
            new SkillFeedback(world.Learned).Of(World.Asked, "fix-a-test").ShouldBeGreaterThan(0, $"died after {dies}");
        }
    }

    [Fact]
    public async Task A_replay_needs_no_skills_and_teaches_nothing()
    {
        using var world = new World();
        await world.RunAsync(int.MaxValue);
        DateTime learned = File.GetLastWriteTimeUtc(world.Learned);
        Directory.Delete(Path.Combine(world.Skills.Folder, "fix-a-test"), recursive: true);

        ReplayResult replay = await world.ReplayAsync();

        replay.Mismatch.ShouldBeNull();
        File.GetLastWriteTimeUtc(world.Learned).ShouldBe(learned);
    }

    [Fact]
    public async Task A_run_that_was_recorded_without_skills_goes_on_without_them_where_it_had_none()
    {
        using var world = new World();
        WorkflowDefinition before = Workflow(Agent("work", to: "again"), Agent("again"), Done());
        await world.RunAsync(int.MaxValue, before);
        int second = world.Events.ToList().FindIndex(next => next is NodeStarted && next.Node == "again");
        using var other = new World();
        await other.RunAsync(second, before);

        RunResult resumed = await other.ResumeAsync(Workflow(other.Node("work", "again"), other.Node("again", "done"), Done()));

        resumed.Outcome.ShouldBe(RunOutcome.Succeeded, resumed.Reason);
        other.Events.OfType<SkillsOffered>().ShouldHaveSingleItem().Node.ShouldBe("again");
    }

    private sealed class World : IDisposable
    {
        public const string Asked = "Repair the failing test.";

        private readonly Bench _bench;

        public World()
        {
            Skills = SkillBench.OfThree().Skill("fix-a-test", "Find and repair the cause of a failing test.", string.Join('\n', Enumerable.Repeat("Read the assertion.", 15)));
            _bench = new Bench(new FakeModel(Answer)) { Store = Store };
        }

        public SkillBench Skills { get; }

        public MortalStore Store { get; } = new();

        public string Learned => Path.Combine(Skills.Folder, "learned.json");

        public IReadOnlyList<RunEvent> Events => Store.Events("run-1");

        // the second one is cut, because the first has taken most of the tokens
        public string[] Opened() => [.. Events.OfType<SkillOpened>().Select(opened => $"{opened.Name} {opened.Tokens} {opened.TokensLeft} {opened.IsCut}")];

        public Task<RunResult> RunAsync(int diesAfter, WorkflowDefinition? workflow = null)
        {
            Store.DiesAfter = diesAfter;
            return _bench.Engine().Start(workflow ?? Whole(), new RunRequest { RunId = "run-1", StreamEvents = false }).Completion;
        }

        public async Task<RunResult> ResumeAsync(WorkflowDefinition? workflow = null)
        {
            Store.Revive();
            return await (await _bench.Engine().ResumeAsync(workflow ?? Whole(), "run-1", streamEvents: false)).Completion;
        }

        public Task<ReplayResult> ReplayAsync() => _bench.Engine().ReplayAsync(Whole(), "run-1");

        public AgentNode Node(string name, string to) =>
            Skills.Node(Skills.Found() with { MaxTokens = MaxTokens, Feedback = Learned }, name, to, Asked);

        public void Dispose() => Skills.Dispose();

        private WorkflowDefinition Whole() => Workflow(Node("work", "sum") with { Verify = When("work == 'good'") }, Agent("sum"), Done(answer: "{{ work }} {{ sum }}"));

        private static ChatResponse Answer(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
        {
            int opened = messages.Count(message => message.Role == ChatRole.Tool);
            return (options?.Tools, opened) switch
            {
                (null or { Count: 0 }, _) => FakeModel.Text("done"),
                (_, 0) => Call(1, "skills_open", ("name", "fix-a-test")),
                (_, 1) => Call(2, "skills_search", ("query", "cut a video")),
                (_, 2) => Call(3, "skills_open", ("name", "cut-video")),
                _ => FakeModel.Text("good"),
            };
        }

        private static ChatResponse Call(int number, string function, (string Name, object? Value) argument) =>
            new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent($"call-{number}", function, new Dictionary<string, object?> { [argument.Name] = argument.Value })]))
            {
                Usage = FakeModel.Usage(10, 5),
                FinishReason = ChatFinishReason.ToolCalls,
            };
    }
}
