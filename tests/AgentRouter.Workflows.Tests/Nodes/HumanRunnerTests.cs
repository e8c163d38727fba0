using AgentRouter.Events;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Human;
using AgentRouter.Workflows.Nodes.Parallel;
using AgentRouter.Workflows.Tests.Engine;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Nodes;

public sealed class HumanRunnerTests
{
    [Fact]
    public async Task A_person_is_asked_and_the_answer_is_the_output()
    {
        var person = new FakePerson("yes");
        var bench = new Bench(FakeModel.Saying("the plan")) { Person = person };

        RunResult result = await bench.RunAsync(Workflow(Agent("plan", "ask"), Ask("Do {{ plan }}?"), Done()));

        result.Answer.ShouldBe("yes");
        person.Questions.Single().Text.ShouldBe("Do the plan?");
        bench.Of<PersonAsked>().Single().Choices.ShouldBe(["yes", "no"]);
        bench.Of<PersonAnswered>().Single().ShouldSatisfyAllConditions(answer => answer.ByDefault.ShouldBeFalse(), answer => answer.Node.ShouldBe("ask"));
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_the_default_is_taken()
    {
        var bench = new Bench();

        RunResult result = await bench.RunAsync(Workflow(Ask("Go?") with { Default = "no" }, Done()));

        result.Answer.ShouldBe("no");
        bench.Of<PersonAnswered>().Single().ByDefault.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_default_the_run_ends_waiting(bool nobodyAnswers)
    {
        var bench = new Bench { Person = nobodyAnswers ? new FakePerson((string?)null) : null };

        RunResult result = await bench.RunAsync(Workflow(Ask("Go?"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Waiting);
        result.Reason.ShouldBe("The run waits for a person at node 'ask': Go?");
    }

    [Fact]
    public async Task When_the_time_is_up_the_default_is_taken()
    {
        var person = new FakePerson(async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return "never";
        });
        var bench = new Bench { Person = person };
        Task<RunResult> reading = bench.ReadAsync(bench.Begin(Workflow(Ask("Go?") with { Default = "no", Timeout = TimeSpan.FromMinutes(5) }, Done()), CancellationToken.None));
        await Wait.UntilAsync(() => person.Questions.Count == 1);

        bench.Clock.Advance(TimeSpan.FromMinutes(6));

        (await reading).Answer.ShouldBe("no");
    }

    [Fact]
    public async Task An_answer_that_is_none_of_the_choices_fails_the_node()
    {
        RunResult result = await new Bench { Person = new FakePerson("perhaps") }.RunAsync(Workflow(Ask("Go?"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("'perhaps' is none of the choices yes, no");
    }

    [Fact]
    public async Task A_branch_that_waits_lets_the_others_finish_first()
    {
        RunResult result = await new Bench().RunAsync(Workflow(
            new ParallelNode { Name = "all", Branches = [Ask("Go?"), Agent("work", null)], Next = To("done") }, Done()));

        result.Outcome.ShouldBe(RunOutcome.Waiting);
        result.Budget.Spent.Calls.ShouldBe(1);
    }

    private static HumanNode Ask(string question) => new() { Name = "ask", Question = Text(question), Choices = ["yes", "no"], Next = To("done") };
}
