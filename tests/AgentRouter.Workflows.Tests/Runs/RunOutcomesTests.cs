using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Tests.Runs;

public sealed class RunOutcomesTests
{
    private static readonly BudgetSnapshot Budget = new BudgetLedger(AgentRouter.Budgets.Budget.Unlimited, TimeProvider.System).Snapshot();

    [Fact]
    public void Two_runs_of_one_task_meet_in_one_row_a_step()
    {
        var outcomes = new RunOutcomes();
        outcomes.Add([Started("small-run"), .. Visit("code", 1, "small", 0.001m, calls: 2), Checked("test", false), Ended(RunOutcome.Failed)]);
        outcomes.Add([Started("large-run"), .. Visit("code", 1, "large", 0.02m, calls: 3), Checked("test", true), Ended(RunOutcome.Succeeded)]);

        OutcomeRow row = outcomes.Rows().ShouldHaveSingleItem();

        outcomes.Runs.ShouldBe(2);
        row.Group.ShouldBe("node code");
        row.IsVerified.ShouldBeTrue();
        row.Models["small"].ShouldSatisfyAllConditions(
            small => small.Score.ShouldBe(0), small => small.Cost.ShouldBe(Money.FromUsd(0.002m)), small => small.Calls.ShouldBe(2));
        row.Models["large"].Score.ShouldBe(1);
    }

    [Fact]
    public void After_a_failed_check_only_the_node_that_is_visited_again_was_wrong()
    {
        var outcomes = new RunOutcomes();
        outcomes.Add(
        [
            Started("run"), .. Visit("plan", 1, "small", 0.001m), .. Visit("code", 1, "small", 0.001m), Checked("test", false),
            .. Visit("code", 2, "large", 0.02m), Checked("test", true), .. Visit("review", 1, "small", 0.001m), Ended(RunOutcome.Succeeded),
        ]);

        outcomes.Rows().Select(row => (row.Group, row.Step, Scores(row))).ShouldBe([("node plan", 1, "small 1"), ("node code", 2, "small 0, large 1"), ("node review", 3, "small 1")]);
    }

    [Fact]
    public void A_reviewer_who_refuses_is_not_taken_for_wrong()
    {
        var outcomes = new RunOutcomes();
        outcomes.Add(
        [
            Started("run"), .. Visit("write", 1, "small", 0.001m), .. Visit("read", 1, "small", 0.001m, passed: false),
            .. Visit("write", 2, "large", 0.02m), .. Visit("read", 2, "small", 0.001m, passed: true), Ended(RunOutcome.Succeeded),
        ]);

        outcomes.Rows().Select(row => (row.Id[(row.Id.LastIndexOf('/') + 1)..], Scores(row))).ShouldBe([("write#1", "small 0, large 1"), ("read#1", "small 1")]);
    }

    [Fact]
    public void A_model_that_gets_it_right_at_the_second_visit_has_solved_the_step_and_cost_both()
    {
        var outcomes = new RunOutcomes();
        foreach (string model in (string[])["small", "large"])
        {
            bool isLarge = model == "large";
            outcomes.Add(
            [
                Started(model), .. Visit("write", 1, model, 0.01m), Checked("test", false), .. Visit("write", 2, model, 0.02m), Checked("test", isLarge),
                Ended(isLarge ? RunOutcome.Succeeded : RunOutcome.Failed),
            ]);
        }

        OutcomeRow row = outcomes.Rows().ShouldHaveSingleItem();

        Scores(row).ShouldBe("small 0, large 1");
        row.Models["large"].ShouldSatisfyAllConditions(large => large.Cost.ShouldBe(Money.FromUsd(0.03m)), large => large.Calls.ShouldBe(2));
        // after the first refusal another model could have tried
        row.Models["small"].ShouldSatisfyAllConditions(small => small.Cost.ShouldBe(Money.FromUsd(0.01m)), small => small.Calls.ShouldBe(1));
    }

    [Fact]
    public void A_node_that_comes_again_after_it_was_right_is_a_step_of_its_own()
    {
        var outcomes = new RunOutcomes();
        outcomes.Add([Started("run"), .. Visit("write", 1, "small", 0.01m), Checked("test", true), .. Visit("write", 2, "small", 0.01m), Checked("test", true), Ended(RunOutcome.Succeeded)]);

        outcomes.Rows().Select(row => (row.Id[(row.Id.LastIndexOf('/') + 1)..], row.Step)).ShouldBe([("write#1", 1), ("write#2", 2)]);
    }

    [Fact]
    public void When_nobody_tries_again_the_work_was_wrong_and_not_the_reviewer_who_refused_it()
    {
        var outcomes = new RunOutcomes();
        outcomes.Add([Started("run"), .. Visit("write", 1, "small", 0.001m), .. Visit("read", 1, "small", 0.001m, passed: false), Ended(RunOutcome.Failed)]);

        outcomes.Rows().ShouldHaveSingleItem().Group.ShouldBe("node write");
    }

    [Fact]
    public void A_failed_run_blames_nothing_that_a_check_has_explained()
    {
        var outcomes = new RunOutcomes();
        outcomes.Add(
        [
            Started("run"), .. Visit("plan", 1, "small", 0.001m), .. Visit("code", 1, "small", 0.001m), Checked("test", false),
            .. Visit("code", 2, "small", 0.001m), Checked("test", false), Ended(RunOutcome.Failed),
        ]);

        outcomes.Rows().Select(row => (row.Group, row.Models["small"].Score)).ShouldBe([("node code", 0)]);
    }

    [Fact]
    public void Without_any_check_the_end_of_the_run_judges_all_of_it()
    {
        var outcomes = new RunOutcomes();
        outcomes.Add([Started("run"), .. Visit("read", 1, "small", 0.001m), .. Visit("write", 1, "small", 0.001m), Ended(RunOutcome.Failed)]);

        outcomes.Rows().ShouldAllBe(row => row.Models["small"].Score == 0 && !row.IsVerified);
        outcomes.Rows().Count.ShouldBe(2);
    }

    [Fact]
    public void A_check_in_one_branch_says_nothing_about_another()
    {
        var outcomes = new RunOutcomes();
        outcomes.Add(
        [
            Started("run"), .. Visit("both/a/read", 1, "small", 0.001m), .. Visit("both/b/read", 1, "small", 0.001m), Checked("both/a/check", true),
            .. Visit("both/b/read", 2, "large", 0.02m), Checked("both/b/check", true), Ended(RunOutcome.Succeeded),
        ]);

        outcomes.Rows().Select(row => row.IsVerified).ShouldBe([true, true, true]);
        outcomes.Rows().Select(row => row.Models.Single().Value.Score).ShouldBe([1, 1, 1]);
    }

    [Theory]
    [InlineData(RunOutcome.Cancelled)]
    [InlineData(RunOutcome.Waiting)]
    public void A_run_that_has_shown_nothing_is_left_out(RunOutcome outcome)
    {
        var outcomes = new RunOutcomes();
        outcomes.Add([Started("run"), .. Visit("code", 1, "small", 0.001m), Checked("test", true), Ended(outcome)]);

        outcomes.Runs.ShouldBe(0);
        outcomes.Rows().ShouldBeEmpty();
    }

    [Fact]
    public void A_visit_that_two_models_shared_is_left_out_and_repeated_runs_are_averaged()
    {
        var outcomes = new RunOutcomes();
        outcomes.Add([Started("run-1"), .. Visit("code", 1, "small", 0.001m), Ended(RunOutcome.Succeeded)]);
        outcomes.Add([Started("run-2"), .. Visit("code", 1, "small", 0.003m), Ended(RunOutcome.Failed)]);
        outcomes.Add([Started("run-3"), .. Visit("code", 1, "small", 0.001m), Settled("code", "large", 0.02m), Ended(RunOutcome.Succeeded)]);

        ModelOutcome small = outcomes.Rows().ShouldHaveSingleItem().Models.ShouldHaveSingleItem().Value;

        small.Score.ShouldBe(0.5);
        small.Cost.ShouldBe(Money.FromUsd(0.002m));
    }

    private static string Scores(OutcomeRow row) => string.Join(", ", row.Models.Select(model => $"{model.Key} {model.Value.Score}"));

    // runs work on copies of their workspace; the path of a copy has the run's id in it
    private static RunStarted Started(string id) =>
        new("repair", new Dictionary<string, string> { ["issue"] = "wrong", ["workspace"] = $"/runs/{id}/workspace" }, "policy", Budget, []) { RunId = id };

    private static IEnumerable<RunEvent> Visit(string node, int visit, string model, decimal usd, int calls = 1, bool? passed = null) =>
        [new NodeStarted("agent", visit) { Node = node }, .. Enumerable.Repeat(Settled(node, model, usd), calls), new NodeFinished(null, passed, TimeSpan.Zero) { Node = node }];

    private static BudgetSettled Settled(string node, string model, decimal usd) =>
        new(model, BudgetAmount.OneCall(Money.FromUsd(usd), 100), false, Budget) { Node = node };

    private static NodeFinished Checked(string node, bool passed) => new(null, passed, TimeSpan.Zero) { Node = node };

    private static RunEnded Ended(RunOutcome outcome) => new(outcome, null, null, Budget);
}
