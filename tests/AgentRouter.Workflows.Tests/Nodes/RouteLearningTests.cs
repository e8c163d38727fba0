using System.Text.Json.Nodes;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Route;
using AgentRouter.Workflows.Preferences;
using AgentRouter.Workflows.Tests.Engine;
using static AgentRouter.Workflows.Tests.Engine.Bench;
using static AgentRouter.Workflows.Tests.Nodes.RouteBench;

namespace AgentRouter.Workflows.Tests.Nodes;

public sealed class RouteLearningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentrouter-route-").FullName;

    private string StateFile => Path.Join(_folder, "learned", "preferences.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Work_that_is_verified_and_found_wrong_makes_way_for_the_next_candidate()
    {
        var bench = new Bench(Echo());
        WorkflowEngine engine = bench.Engine();
        RouteNode node = Route(Candidate("coder"), Candidate("researcher")) with { Verify = Said("researcher") };

        await RunsAsync(bench, engine, Alone(node), 4);

        Chosen(bench).ShouldBe(["coder", "researcher", "researcher", "researcher"]);
        bench.Of<AgentRouted>().Last().Reason.ShouldBe("preferred: 0.60 before 0.45");
    }

    [Fact]
    public async Task Another_agent_is_tried_in_the_same_run_when_the_work_has_to_be_done_again()
    {
        var bench = new Bench(Echo());
        RouteNode node = Route(Candidate("coder"), Candidate("researcher")) with { Verify = Said("researcher"), Next = To("again") };
        WorkflowDefinition workflow = Alone(node) with { Nodes = [node, Branch("again", ("contains(triage, 'researcher')", "done"), (null, "triage")), Done()] };

        RunResult result = await bench.RunAsync(workflow);

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        Chosen(bench).ShouldBe(["coder", "researcher"]);
    }

    [Fact]
    public async Task Where_nothing_is_verified_the_end_of_the_run_teaches()
    {
        var bench = new Bench(Echo());
        WorkflowEngine engine = bench.Engine();
        RouteNode node = Route(Candidate("coder"), Candidate("researcher")) with { Next = To("judge") };
        WorkflowDefinition workflow = Alone(node) with { Nodes = [node, Branch("judge", ("contains(triage, 'researcher')", "done"), (null, "gaveUp")), Done(), GaveUp()] };

        await RunsAsync(bench, engine, workflow, 3);

        Chosen(bench).ShouldBe(["coder", "researcher", "researcher"]);
    }

    [Fact]
    public async Task An_agent_is_charged_what_it_spent_itself()
    {
        var bench = new Bench(new FakeModel((messages, _) => FakeModel.Text("right", output: messages[0].Text == "coder" ? 4_000 : 400)));
        RouteNode node = Route(Candidate("coder"), Candidate("researcher")) with { Next = To("after") };
        WorkflowDefinition workflow = Alone(node, StateFile) with { Nodes = [Agent("before", "triage"), node, Agent("after"), Done()] };

        await bench.ReadAsync(bench.Engine().Start(workflow with { Start = "before" }));

        // 10 tokens in at $1, 4,000 out at $2 per million
        new AgentPreferences(StateFile, bench.Clock).List().Single().Usd.ShouldBe(0.00801);
    }

    [Fact]
    public async Task What_was_learned_survives_a_restart_in_its_file()
    {
        RouteNode node = Route(Candidate("coder"), Candidate("researcher")) with { Verify = Said("researcher") };
        var before = new Bench(Echo());
        await RunsAsync(before, before.Engine(), Alone(node, StateFile), 2);

        var after = new Bench(Echo());
        await RunsAsync(after, after.Engine(), Alone(node, StateFile), 1);

        Chosen(after).ShouldBe(["researcher"]);
        var table = new AgentPreferences(StateFile, after.Clock);
        table.List().Select(row => (row.Kind, row.From, row.To, row.Chosen, row.Right, row.Wrong)).ShouldBe(
            [("test", "triage", "coder", 1, 0, 1), ("test", "triage", "researcher", 2, 2, 0)]);
        Directory.GetFiles(Path.GetDirectoryName(StateFile)!).ShouldBe([StateFile]);
    }

    [Fact]
    public async Task Preferences_are_kept_apart_by_the_kind_of_task()
    {
        var bench = new Bench(Echo());
        WorkflowEngine engine = bench.Engine();
        RouteNode node = Route(Candidate("coder"), Candidate("researcher")) with { Verify = Said("researcher"), TaskKind = Text("{{ inputs.issue }}") };
        foreach (string issue in new[] { "bug", "bug", "question" })
            await bench.ReadAsync(engine.Start(Alone(node), new RunRequest { Inputs = new Dictionary<string, JsonNode?> { ["issue"] = issue } }));

        bench.Of<AgentRouted>().Select(routed => (routed.TaskKind, routed.Chosen[0])).ShouldBe([("bug", "coder"), ("bug", "researcher"), ("question", "coder")]);
    }

    [Fact]
    public async Task What_had_to_be_taken_teaches_nothing()
    {
        var bench = new Bench(Echo());
        WorkflowEngine engine = bench.Engine();
        RouteNode node = Route(Candidate("coder", "inputs.issue == 'code'"), Candidate("researcher")) with { Verify = Said("coder") };
        await RunsAsync(bench, engine, Alone(node), 3);

        await bench.ReadAsync(engine.Start(Alone(node), new RunRequest { Inputs = new Dictionary<string, JsonNode?> { ["issue"] = "code" } }));

        bench.Of<AgentRouted>().Last().ShouldSatisfyAllConditions(
            routed => routed.Chosen.ShouldBe(["coder"]),
            routed => routed.Candidates.Select(candidate => candidate.Preference).ShouldBe([0.5, 0.5]));
    }

    [Fact]
    public async Task An_agent_that_fails_has_not_done_its_work_right_though_the_run_goes_on_and_succeeds()
    {
        var bench = new Bench(Echo());
        WorkflowEngine engine = bench.Engine();
        AgentDefinition broken = Named("coder") with { OutputSchema = new DataType.Object(new Dictionary<string, DataType> { ["ok"] = DataType.Boolean }) };
        RouteNode node = Route(new RouteCandidate(broken, null, default), Candidate("researcher")) with { OnError = "done" };

        await RunsAsync(bench, engine, Alone(node), 2);

        bench.Of<RunEnded>().ShouldAllBe(ended => ended.Outcome == RunOutcome.Succeeded);
        Chosen(bench).ShouldBe(["coder", "researcher"]);
    }

    [Theory]
    [InlineData(null, "researcher")]
    [InlineData("done", "coder")]
    public async Task An_agent_that_runs_into_the_timeout_is_wrong_where_the_run_is_and_never_right(string? onError, string next)
    {
        FakeModel model = FakeModel.Hanging();
        var bench = new Bench(model);
        WorkflowEngine engine = bench.Engine();
        RouteNode node = Route(Candidate("coder"), Candidate("researcher")) with { Timeout = TimeSpan.FromMinutes(1), OnError = onError };

        for (int i = 1; i <= 2; i++)
        {
            Task<RunResult> reading = bench.ReadAsync(engine.Start(Alone(node)));
            await Wait.UntilAsync(() => model.Calls == i);
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
            await reading;
        }

        Chosen(bench).ShouldBe(["coder", next]);
        bench.Of<AgentRouted>().Last().Candidates[0].Preference.ShouldBe(onError is null ? 0.45 : 0.5);
    }

    [Fact]
    public async Task Doing_nothing_is_chosen_only_when_the_agents_have_failed_long_enough()
    {
        var bench = new Bench(Echo());
        WorkflowEngine engine = bench.Engine();
        RouteNode node = Route(Candidate("coder"), Skip()) with { Verify = Said("never") };

        await RunsAsync(bench, engine, Alone(node), 8);

        Chosen(bench).ShouldBe(["coder", "coder", "coder", "coder", "coder", "coder", "coder", "skip"]);
    }

    [Fact]
    public async Task Exploration_is_seeded_and_can_be_switched_off()
    {
        RouteNode node = Route(Candidate("coder"), Candidate("researcher"), Skip()) with { Verify = Said("coder") };

        string[] first = await ExploreAsync(node, 0.3, 7);
        string[] again = await ExploreAsync(node, 0.3, 7);
        string[] other = await ExploreAsync(node, 0.3, 8);
        string[] never = await ExploreAsync(node, 0, 7);

        again.ShouldBe(first);
        other.ShouldNotBe(first);
        first.Distinct().Order().ToArray().ShouldBe(["coder", "researcher"], customMessage: "doing nothing is never tried");
        never.ShouldAllBe(agent => agent == "coder");
    }

    [Fact]
    public void A_corrupt_file_ends_the_run_before_it_begins()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StateFile)!);
        File.WriteAllText(StateFile, "{ \"format\": ");
        var bench = new Bench(Echo());

        Should.Throw<ConfigurationException>(() => bench.Engine().Start(Alone(Route(Candidate("coder")), StateFile)))
            .Message.ShouldContain("preferences.json cannot be the preferences of agents: it is not JSON");
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_a_warning_and_what_was_learned_counts_all_the_same()
    {
        var bench = new Bench(Echo());
        WorkflowEngine engine = bench.Engine();
        RouteNode node = Route(Candidate("coder"), Candidate("researcher")) with { Verify = Said("researcher") };
        WorkflowDefinition workflow = Alone(node, StateFile);
        // nothing can be moved there
        Directory.CreateDirectory(StateFile);

        await RunsAsync(bench, engine, workflow, 2);

        bench.Of<RunWarning>().First().Message.ShouldStartWith("What was learned of the agent 'coder' is not saved: ");
        Chosen(bench).ShouldBe(["coder", "researcher"]);
    }

    private static async Task RunsAsync(Bench bench, WorkflowEngine engine, WorkflowDefinition workflow, int runs)
    {
        for (int i = 0; i < runs; i++)
            await bench.ReadAsync(engine.Start(workflow));
    }

    private static async Task<string[]> ExploreAsync(RouteNode node, double exploration, int seed)
    {
        var bench = new Bench(Echo());
        WorkflowDefinition workflow = Alone(node) with { Router = new RouterDefinition { Preferences = new PreferencesDefinition { Exploration = exploration, Seed = seed } } };
        await RunsAsync(bench, bench.Engine(), workflow, 20);
        return Chosen(bench);
    }

    private static string[] Chosen(Bench bench) => [.. bench.Of<AgentRouted>().Select(routed => routed.Chosen.Single())];
}
