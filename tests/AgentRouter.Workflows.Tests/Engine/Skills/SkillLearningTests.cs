using AgentRouter.Events;
using AgentRouter.Skills.Feedback;
using AgentRouter.Skills.Use;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Skills;

public sealed class SkillLearningTests : IDisposable
{
    private const string Asked = "Repair the failing test.";

    private readonly SkillBench _skills = new SkillBench()
        .Skill("repair-a", "Repair the failing test.")
        .Skill("repair-b", "Repair the failing test.", "Do this.");

    private string Learned => Path.Combine(_skills.Folder, "learned.json");

    public void Dispose() => _skills.Dispose();

    [Fact]
    public async Task A_skill_that_was_opened_before_verified_work_is_offered_first_for_similar_tasks()
    {
        var bench = new Bench(SkillBench.Opening("repair-b"));
        WorkflowEngine engine = bench.Engine();
        WorkflowDefinition workflow = Workflow(_skills.Node() with { Verify = When("work == 'good'") }, Done());

        await bench.ReadAsync(engine.Start(workflow));
        await bench.ReadAsync(engine.Start(workflow));

        SkillsOffered[] offered = [.. bench.Of<SkillsOffered>()];
        SkillBench.Names([offered[0]]).ShouldBe(["repair-a", "repair-b"]);
        SkillBench.Names([offered[1]]).ShouldBe(["repair-b", "repair-a"]);
        offered[1].Skills[0].Reason.ShouldEndWith("; it led to work that was right");
    }

    [Theory]
    [InlineData("work == 'good'", 1)]
    [InlineData("work == 'bad'", -1)]
    [InlineData(null, 1)]
    public async Task The_next_verification_judges_what_was_opened_and_without_one_the_runs_end(string? verify, int sign)
    {
        var bench = new Bench(SkillBench.Opening("repair-b"));

        await bench.RunAsync(Workflow(_skills.Node(_skills.Found() with { Feedback = Learned }) with { Verify = verify is null ? null : When(verify) }, Done()));

        var feedback = new SkillFeedback(Learned, bench.Clock);
        Math.Sign(feedback.Of(Asked, "repair-b")).ShouldBe(sign);
        feedback.Of(Asked, "repair-a").ShouldBe(0, "it was offered and not opened");
    }

    [Fact]
    public async Task An_agent_that_fails_teaches_that_its_skills_did_not_help()
    {
        var bench = new Bench(SkillBench.Opening("repair-b", "repair-a", "repair-b"));

        RunResult result = await bench.RunAsync(Workflow(
            _skills.Node(_skills.Found() with { Feedback = Learned }) with { Agent = _skills.Agent(_skills.Found() with { Feedback = Learned }) with { MaxCalls = 2 }, OnError = "done" }, Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        new SkillFeedback(Learned, bench.Clock).Of(Asked, "repair-b").ShouldBeLessThan(0);
    }

    [Theory]
    [InlineData(false, SkillRerank.Default)]
    [InlineData(true, SkillRerank.None)]
    public async Task It_can_be_turned_off(bool learns, SkillRerank rerank)
    {
        var bench = new Bench(SkillBench.Opening("repair-b"));
        WorkflowEngine engine = bench.Engine();
        WorkflowDefinition workflow = Workflow(_skills.Node(_skills.Found() with { Learns = learns, Rerank = rerank }) with { Verify = When("work == 'good'") }, Done());

        await bench.ReadAsync(engine.Start(workflow));
        await bench.ReadAsync(engine.Start(workflow));

        SkillBench.Names(bench.Events).ShouldBe(["repair-a", "repair-b", "repair-a", "repair-b"]);
    }

    [Fact]
    public async Task What_cannot_be_saved_is_a_warning()
    {
        string path = Path.Combine(_skills.Folder, "repair-a", "SKILL.md", "learned.json");
        var bench = new Bench(SkillBench.Opening("repair-b"));

        RunResult result = await bench.RunAsync(Workflow(_skills.Node(_skills.Found() with { Feedback = path }) with { Verify = When("work == 'good'") }, Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        bench.Of<RunWarning>().Single().Message.ShouldStartWith("What was learned of skills is not saved: ");
    }
}
