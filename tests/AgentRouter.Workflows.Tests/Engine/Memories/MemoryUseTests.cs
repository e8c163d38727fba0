using AgentRouter.Events;
using AgentRouter.Memory;
using AgentRouter.Memory.Storage.Sqlite;
using AgentRouter.Memory.Use;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Route;
using Microsoft.Extensions.AI;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Memories;

public sealed class MemoryUseTests : IAsyncLifetime
{
    private MemoryBench _memory = null!;

    public async Task InitializeAsync() => _memory = await MemoryBench.OfCatAsync();

    public async Task DisposeAsync() => await _memory.DisposeAsync();

    [Fact]
    public async Task An_agent_is_shown_what_is_remembered_for_its_task_and_the_journal_says_what()
    {
        string prompt = "";
        string[] tools = [];
        Bench bench = With(new FakeModel((messages, options) =>
        {
            prompt = messages.First(message => message.Role == ChatRole.User).Text;
            tools = [.. options?.Tools?.Select(tool => tool.Name) ?? []];
            return FakeModel.Text("Salmon [1].");
        }));

        RunResult result = await bench.RunAsync(Workflow(MemoryBench.Node(MemoryDefinition.Of("project:shop")), Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        prompt.ShouldStartWith("What does the cat eat?\n\n<memory>\n");
        prompt.ShouldContain("Anna: \"The cat eats salmon only, never tuna.\"");
        tools.ShouldBe(["memory_recall", "memory_remember", "memory_forget"]);
        bench.Of<MemoryRecalled>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            recalled => recalled.Node.ShouldBe("work"),
            recalled => recalled.Step.ShouldBeNull(),
            recalled => recalled.Text.ShouldBeNull("the texts of prompts are not recorded"),
            recalled => recalled.Tokens.ShouldBeInRange(50, 800),
            recalled => recalled.Notes[0].ShouldSatisfyAllConditions(
                note => note.Number.ShouldBe(1),
                note => note.Scope.ShouldBe("project:shop"),
                note => note.Source.ShouldBe("chat/may"),
                note => note.Key.ShouldBe("chat/may#0")));
        result.Budget.Spent.Calls.ShouldBe(1, "a memory costs nothing");
    }

    [Fact]
    public async Task An_agent_finds_remembers_and_forgets_by_itself()
    {
        Bench bench = With(MemoryBench.Calling(
            ("memory_remember", [("text", "The cat is called Miso (Anna, May)."), ("about", "cat/name")]),
            ("memory_recall", [("question", "What is the cat called?"), ("top", 2)]),
            ("memory_forget", [("what", "The cat is called Miso (Anna, May).")])));

        RunResult result = await bench.RunAsync(Workflow(MemoryBench.Node(MemoryDefinition.Of("project:shop")), Done()));

        result.Answer.ShouldBe("Forgotten: \"The cat is called Miso (Anna, May).\"", result.Reason);
        bench.Of<ToolReturned>().Select(returned => returned.Tool).ShouldBe(["memory.remember", "memory.recall", "memory.forget"]);
        bench.Of<MemoryRecalled>().Last().ShouldSatisfyAllConditions(
            recalled => recalled.Step.ShouldBe(4),
            recalled => recalled.Notes.ShouldContain(note => note.Key == "cat/name"));
        (await _memory.TextsAsync("project:shop", "What is the cat called?")).ShouldNotContain("The cat is called Miso (Anna, May).");
    }

    [Fact]
    public async Task What_cannot_be_done_is_told_to_the_model()
    {
        Bench bench = With(MemoryBench.Calling(("memory_forget", [("what", "1")])));

        RunResult result = await bench.RunAsync(Workflow(MemoryBench.Node(MemoryDefinition.Of("project:shop")), Done()));

        result.Answer.ShouldStartWith("Error: The note [1] is part of a conversation or document");
    }

    [Fact]
    public async Task A_node_goes_before_its_agent_the_workflow_fills_in_the_rest_and_false_takes_it_all()
    {
        var shown = new List<bool>();
        Bench bench = With(new FakeModel((messages, options) =>
        {
            shown.Add(messages.Any(message => message.Text.Contains("<memory>", StringComparison.Ordinal)));
            return FakeModel.Text("good");
        }));
        WorkflowDefinition workflow = Workflow(
            MemoryBench.Node(null, "first", "second"),
            MemoryBench.Node(new MemoryDefinition { TopK = 1 }, "second", "third"),
            MemoryBench.Node(MemoryDefinition.Of("project:shop"), "third", "fourth") with { Memory = new MemoryDefinition { IsOff = true } },
            MemoryBench.Node(MemoryDefinition.Of("project:other"), "fourth"),
            Done())
            with
        { Memory = MemoryDefinition.Of("project:shop") with { Tools = false } };

        await bench.RunAsync(workflow);

        shown.ShouldBe([true, true, false, false]);
        bench.Of<MemoryRecalled>().Select(recalled => (recalled.Node, recalled.Notes.Count)).ShouldBe([("first", 2), ("second", 1), ("fourth", 0)]);
    }

    [Fact]
    public async Task A_scope_reads_inputs_and_never_what_a_model_wrote()
    {
        await _memory.SaidAsync(MemoryScope.Parse("user:anna"), "diary", ("Anna", "My cat eats salmon since May."));
        await _memory.SaidAsync(MemoryScope.Parse("user:eve"), "diary", ("Eve", "My cat eats salmon from the tin."));
        Bench bench = With(FakeModel.Saying("eve"));
        WorkflowDefinition workflow = Workflow(
            MemoryBench.Node(MemoryDefinition.Of("user:{{ inputs.user }}"), "first", "second"),
            MemoryBench.Node(MemoryDefinition.Of("user:{{ first }}"), "second"),
            Done())
            with
        { Inputs = [new InputDefinition { Name = "user", Type = InputType.Text }] };

        RunResult result = await bench.RunAsync(workflow, ("user", "anna"));

        MemoryBench.Keys(bench.Events).ShouldBe(["diary#0"]);
        bench.Of<MemoryRecalled>().Single().Notes[0].Scope.ShouldBe("user:anna");
        result.Reason.ShouldBe("The memory of node 'second' cannot be used: 'user:' is not a memory scope: a name has 1 to 200 characters.");
    }

    [Theory]
    [InlineData(MemoryRemembers.Turns, new[] { "user: What does the cat eat?", "coder: It eats salmon." })]
    [InlineData(MemoryRemembers.Answers, new[] { "coder: It eats salmon." })]
    public async Task What_was_asked_and_answered_is_remembered(MemoryRemembers remembers, string[] expected)
    {
        Bench bench = With(FakeModel.Saying("It eats salmon."));

        RunResult result = await bench.RunAsync(Workflow(MemoryBench.Node(new MemoryDefinition { Write = Text("project:learned"), Remembers = remembers }), Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        MemoryRemembered remembered = bench.Of<MemoryRemembered>().ShouldHaveSingleItem();
        (remembered.Scope, remembered.Node, remembered.Items).ShouldBe(("project:learned", "work", expected.Length));
        MemorySession session = await MemorySession.BeginAsync(_memory.Memory, "salmon cat eat", new MemoryUseOptions { Read = [MemoryScope.Parse("project:learned")] });
        session.Shown.Select(note => $"{note.Speaker}: {note.Text}").ShouldBe(expected, ignoreOrder: true);
        session.Shown[0].Source.ShouldBe("test, work");
        bench.Of<MemoryRecalled>().ShouldBeEmpty("nothing is read");
    }

    [Fact]
    public async Task An_answer_that_is_not_as_it_was_asked_for_is_not_remembered()
    {
        Bench bench = With(FakeModel.Saying("no json"));
        AgentRouter.Workflows.Nodes.Agent.AgentNode node = MemoryBench.Node(MemoryDefinition.Of("project:learned") with { Remembers = MemoryRemembers.Answers });

        RunResult result = await bench.RunAsync(Workflow(node with { OutputSchema = new Expressions.DataType.Object(new Dictionary<string, Expressions.DataType> { ["ok"] = Expressions.DataType.Boolean }) }, Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        bench.Of<MemoryRemembered>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_there_is_no_memory_the_node_fails_and_says_so()
    {
        RunResult result = await new Bench().RunAsync(Workflow(MemoryBench.Node(MemoryDefinition.Of("project:shop")), Done()));

        result.Reason.ShouldBe("Agent 'coder' at node 'work' has a memory, but there is none here. Set WorkflowEngineOptions.Memory, or write memory: false.");
    }

    [Fact]
    public async Task A_memory_that_cannot_be_read_fails_the_node_and_one_that_cannot_be_written_is_a_warning()
    {
        await using (var store = new SqliteMemoryStore(_memory.Folder))
            await store.OpenAsync(MemoryScope.Parse("project:broken"), create: true);
        string broken = Directory.GetFiles(Path.Combine(_memory.Folder, "project"), "broken*.db").Single();
        await File.WriteAllTextAsync(broken, "this is no database, and long enough to be looked at as one: " + new string('x', 4_096));
        Bench bench = With(FakeModel.Saying("It eats salmon."));

        RunResult unread = await bench.RunAsync(Workflow(MemoryBench.Node(new MemoryDefinition { Read = [Text("project:broken")] }), Done()));
        RunResult unwritten = await bench.RunAsync(Workflow(MemoryBench.Node(new MemoryDefinition { Write = Text("project:broken"), Remembers = MemoryRemembers.Answers }), Done()));

        unread.Reason.ShouldStartWith("The memory of node 'work' cannot be read: ");
        unwritten.Outcome.ShouldBe(RunOutcome.Succeeded, unwritten.Reason);
        bench.Of<RunWarning>().ShouldContain(warning => warning.Message.StartsWith("What node 'work' did is not remembered: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tool_of_the_same_name_is_refused()
    {
        Bench bench = With(FakeModel.Saying("good"));
        bench.Tools.Add(new FakeTools("memory").Add("recall", () => "mine"));

        RunResult result = await bench.RunAsync(Workflow(MemoryBench.Node(MemoryDefinition.Of("project:shop")) with { Tools = ["memory.recall"] }, Done()));

        result.Reason!.ShouldContain("has a memory, whose tools are named 'memory.recall' too");
    }

    [Fact]
    public async Task The_agents_of_a_route_node_have_their_memory()
    {
        Bench bench = With(FakeModel.Saying("good"));
        var route = new RouteNode { Name = "work", Candidates = [new RouteCandidate(Def("coder") with { Memory = MemoryDefinition.Of("project:shop") }, null, default)], Prompt = Text(MemoryBench.Task), Next = To("done") };

        RunResult result = await bench.RunAsync(Workflow(route, Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        bench.Of<MemoryRecalled>().Single().Node.ShouldBe("work");
    }

    private Bench With(FakeModel model) => new(model) { Memory = _memory.Memory };
}
