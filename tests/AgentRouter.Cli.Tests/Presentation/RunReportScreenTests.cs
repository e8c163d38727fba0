using AgentRouter.Cli.Commands.Run.Report;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Runs;
using Snapshooter;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Presentation;

public sealed class RunReportScreenTests
{
    private const string Before = "namespace Shop;\n\npublic sealed class Checkout\n{\n    public decimal Price(Cart cart)\n    {\n        decimal lines = Lines(cart);\n        decimal coupon = Coupon(cart.Total);\n        return lines - coupon;\n    }\n}\n";

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public void A_repaired_workspace(int width) => Match(width, Finished(SampleRun.Repaired()) with
    {
        Changes =
        [
            FileDiff.Between("src/Shop.Pricing/Checkout.cs", Before, Before.Replace("Coupon(cart.Total)", "Coupon(lines)", StringComparison.Ordinal)),
            FileDiff.Between("src/Shop.Pricing/Rounding.cs", null, "namespace Shop;\n\npublic static class Rounding;\n"),
            FileDiff.Without("logo.png", "changed, not text"),
        ],
        ResultFolder = "/home/ada/.local/share/agentrouter/runs/20261122-153047-k3f9qa/workspace",
        RecordFile = "/home/ada/.local/share/agentrouter/runs/runs.db",
    });

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public void A_failed_run(int width) => Match(width, Finished(SampleRun.Half()
        .Node("gaveUp", "end").End(RunOutcome.Failed, "Four repairs did not pass the tests and the review.", "Not repaired.")) with
    { Changes = [] });

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public void A_budget_that_is_used_up(int width) => Match(width, Finished(SampleRun.Half(0.001m)
        .Add(new WrapUpStarted(Money.FromUsd(0.0001m)))
        .End(RunOutcome.BudgetExceeded, "The budget of $0.001 has $0.000807 spent; the next call may need $0.002123. Raise it with --budget.", "So far: one of two causes is repaired.")));

    [Fact]
    public void The_diff_is_bounded_and_says_so()
    {
        string after = string.Concat(Enumerable.Range(1, 500).Select(i => $"line {i}\n"));
        string text = Screens.Draw(100, console => new RunReportScreen(console).Show(Finished(SampleRun.Repaired()) with { Changes = [FileDiff.Between("big.txt", "", after)] }));
        text.ShouldContain("1 file, +500 -0");
        text.ShouldContain("more lines of the diff");
        text.Split('\n').Length.ShouldBeLessThan(180);
    }

    [Fact]
    public void Many_steps_are_shown_in_part_and_the_total_counts_all()
    {
        SampleRun run = new SampleRun().Node("loop", "agent");
        for (int i = 0; i < 200; i++)
            run.Call("worker", "small", "rule 2: always", 100, 0, 10);
        string text = Screens.Draw(100, console => new RunReportScreen(console).Show(Finished(run.End(RunOutcome.Succeeded))));
        text.ShouldContain("140 more");
        text.ShouldContain("200 calls");
        text.ShouldContain("  200  loop");
        text.Split('\n').Length.ShouldBeLessThan(80);
    }

    [Fact]
    public void The_cost_is_compared_with_always_large()
    {
        FinishedRun run = Finished(SampleRun.Repaired());
        string text = Screens.Draw(100, console => new RunReportScreen(console).Show(run));
        decimal share = run.Budget.Spent.Usd.ToUsd() / run.Report.AlwaysLargeCost.ToUsd();
        share.ShouldBeInRange(0.1m, 0.99m);
        text.ShouldContain($"this run cost {Math.Round(share * 100, MidpointRounding.AwayFromZero)}% of it");
    }

    private static FinishedRun Finished(SampleRun run)
    {
        var report = RunReport.From(run.Events);
        return new FinishedRun
        {
            RunId = SampleRun.RunId,
            Workflow = report.Started!.Workflow,
            Outcome = report.Ended!.Outcome,
            Reason = report.Ended.Reason,
            Answer = report.Ended.Answer,
            Budget = report.Ended.Budget,
            Report = report,
            Duration = TimeSpan.FromSeconds(38.2),
        };
    }

    private static void Match(int width, FinishedRun run) =>
        Snapshot.Match(Screens.Draw(width, console => new RunReportScreen(console).Show(run)), SnapshotNameExtension.Create(width));
}
