using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Reranking;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Tests.Journal;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Skills;

/// <summary>Skills that a reranker puts in order, by its name.</summary>
public sealed class SkillRerankerTests : IDisposable
{
    private readonly SkillBench _skills = SkillBench.OfThree();
    private readonly LastFirst _judge = new();

    public void Dispose() => _skills.Dispose();

    [Theory]
    [InlineData(null, null, "mend-a-test")]
    [InlineData("judge", null, "fix-a-test")]
    [InlineData(null, "judge", "fix-a-test")]
    [InlineData("none", "judge", "mend-a-test")]
    public async Task It_has_the_last_word_where_the_agent_or_else_the_workflow_names_it(string? agent, string? workflow, string first)
    {
        Bench bench = NewBench();

        RunResult result = await bench.RunAsync(Flow(agent, workflow));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        SkillBench.Names(bench.Events).ShouldBe([first]);
        _judge.Bodies.ShouldBe(first == "fix-a-test" ? 2 : 0);
    }

    [Fact]
    public async Task Over_an_index_bodies_are_read_from_their_files()
    {
        string file = Path.Join(_skills.Folder, "all.index");
        SkillIndexFile.Save((await SkillIndexer.UpdateAsync(SkillIndex.Empty, [new FolderSkillSource(_skills.Folder)])).Index, file);
        Bench bench = NewBench();

        await bench.RunAsync(Flow("judge", null, file));

        SkillBench.Names(bench.Events).ShouldBe(["fix-a-test"]);
        _judge.Bodies.ShouldBe(2);
    }

    [Fact]
    public async Task A_run_that_goes_on_computes_nothing_again()
    {
        WorkflowDefinition flow = Flow("judge", null);
        var whole = new MortalStore();
        await NewBench(whole).Engine().Start(flow, new RunRequest { RunId = "run-0", StreamEvents = false }).Completion;
        int offered = whole.Events("run-0").ToList().FindIndex(next => next is SkillsOffered) + 1;
        var store = new MortalStore { DiesAfter = offered };
        await NewBench(store).Engine().Start(flow, new RunRequest { RunId = "run-1", StreamEvents = false }).Completion;
        int calls = _judge.Calls;
        store.Revive();

        RunResult resumed = await (await NewBench(store).Engine().ResumeAsync(flow, "run-1", streamEvents: false)).Completion;

        resumed.Outcome.ShouldBe(RunOutcome.Succeeded, resumed.Reason);
        SkillBench.Names(store.Events("run-1")).ShouldBe(["fix-a-test"]);
        _judge.Calls.ShouldBe(calls);
    }

    [Fact]
    public async Task One_that_is_not_there_leaves_the_order_and_one_that_fails_ends_the_run()
    {
        Bench bench = NewBench();
        bench.Rerankers.Clear();
        (await bench.RunAsync(Flow("judge", null))).Outcome.ShouldBe(RunOutcome.Succeeded);
        SkillBench.Names(bench.Events).ShouldBe(["mend-a-test"]);
        bench.Of<RunWarning>().ShouldContain(warning => warning.Message == "Skills stand in the order of the search: there is no reranker 'judge' here.");

        bench = NewBench();
        bench.Rerankers["judge"] = _ => throw new ConfigurationException("There is no folder models/order.");
        (await bench.RunAsync(Flow("judge", null))).Reason.ShouldNotBeNull().ShouldContain("There is no folder models/order.");
    }

    private Bench NewBench(MortalStore? store = null)
    {
        var bench = new Bench { Store = store ?? new MortalStore() };
        bench.Rerankers["judge"] = sources => _judge.Over(sources);
        return bench;
    }

    private WorkflowDefinition Flow(string? agent, string? workflow, string? from = null) =>
        Workflow(_skills.Node(new SkillsDefinition { TopK = 1, From = [from ?? _skills.Folder], Reranker = agent == "none" ? null : agent, Rerank = agent == "none" ? AgentRouter.Skills.Use.SkillRerank.None : null }), Done(answer: "{{ work }}")) with
        {
            Skills = workflow is null ? null : new SkillsDefinition { Reranker = workflow },
        };

    /// <summary>Turns the first two around, and reads their bodies.</summary>
    private sealed class LastFirst : ISkillReranker
    {
        private IReadOnlyList<ISkillSource> _sources = [];

        public int Depth => 2;

        public int Calls { get; private set; }

        public int Bodies { get; private set; }

        public LastFirst Over(IReadOnlyList<ISkillSource> sources)
        {
            _sources = sources;
            return this;
        }

        public async ValueTask<IReadOnlyList<SkillMatch>> RerankAsync(string task, IReadOnlyList<SkillMatch> matches, CancellationToken cancellationToken)
        {
            Calls++;
            Bodies = 0;
            foreach (SkillMatch match in matches)
                Bodies += (await _sources[match.Skill.Source].ReadAsync(new SkillListing(match.Skill.Id, ""), cancellationToken)).Skill is null ? 0 : 1;
            return [.. matches.Reverse()];
        }
    }
}
