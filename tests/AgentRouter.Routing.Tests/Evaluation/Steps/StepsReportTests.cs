using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation.Steps;
using AgentRouter.Routing.Evaluation.Switching;
using AgentRouter.Routing.Evaluation.Trajectories;
using AgentRouter.Statistics;

namespace AgentRouter.Routing.Tests.Evaluation.Steps;

public sealed class StepsReportTests
{
    private static readonly SwitchPair Pair = new(Model("weak", 1), Model("strong", 3), TimeSpan.Zero);

    [Fact]
    public void The_area_under_the_curve_counts_pairs_in_order_and_ties_by_half()
    {
        RocArea.Of([1, 2, 3, 4], [false, false, true, true]).ShouldBe(1);
        RocArea.Of([4, 3, 2, 1], [false, false, true, true]).ShouldBe(0);
        RocArea.Of([1, 1, 1], [true, false, false]).ShouldBe(0.5);
        RocArea.Of([1, 2, 2, 3], [false, true, false, true]).ShouldBe(3.5 / 4);
        RocArea.Of([1, 2], [true, true]).ShouldBe(double.NaN);
        RocArea.Of([1, 2, 9], [false, true, false], [0, 1, 1]).ShouldBe(1, "only what is drawn counts");
    }

    [Fact]
    public void Errors_are_told_from_answers_that_speak_of_them()
    {
        RunStateFeatures.IsError("{\"error\": \"no such file\"}").ShouldBeTrue();
        RunStateFeatures.IsError(" Error: no such file").ShouldBeTrue();
        RunStateFeatures.IsError("{\"result\": \"No errors found\"}").ShouldBeFalse();
    }

    [Fact]
    public void Only_the_steps_so_far_are_looked_at()
    {
        RecordedRun run = Run("t", "weak", 1, "{\"error\":1}", "fine", "{\"error\":2}");
        RecordedRun other = run with { Steps = [.. run.Steps.Take(2), run.Steps[2] with { OutputTokens = 9_999, Text = "sorry?", Turn = 5 }] };
        RunStateFeatures.Of(run, 2, ["a"]).ShouldBe(RunStateFeatures.Of(other, 2, ["a"]));
        RunStateFeatures.Of(run, 3, ["a"]).ShouldNotBe(RunStateFeatures.Of(other, 3, ["a"]));
        RunStateFeatures.Of(run, 3, ["a"])[^1].ShouldBe(3, "calls of the tool 'a'");
    }

    [Fact]
    public void Where_failing_shows_and_the_strong_model_always_helps_restarts_beat_the_mix()
    {
        IReadOnlyList<RunPair> pairs = RunPair.Of([.. Runs(strongSolves: _ => true)], Pair, "on");
        StepsReport report = StepsReport.Of(pairs, folds: 4, seed: 1, default);
        report.Pairs.ShouldBe(40);
        (report.OnlyStrong, report.OnlyWeak).ShouldBe((20, 0));
        SignalRow end = report.Signals[^1];
        end.Fails.ShouldBe(1, 1e-9);
        end.Gains.ShouldBe(1, 1e-9);
        RestartRow half = report.Restarts[^1];
        (half.After, half.Share, half.Restart).ShouldBe((null, 0.5, 1.0));
        half.RandomRestart.ShouldBe(0.75);
        half.Usd.ShouldBe(report.WeakUsd + 0.5 * report.StrongUsd, 1e-12);
        half.AboveMixInterval.Low.ShouldBeGreaterThan(-0.1);
    }

    [Fact]
    public void Runs_are_paired_by_task_and_setting_and_what_cannot_be_learned_from_is_said()
    {
        RecordedRun[] runs = [.. Runs(strongSolves: _ => true)];
        Should.Throw<ConfigurationException>(() => RunPair.Of(runs, Pair, "off")).Message
            .ShouldBe("No task has a run of 'weak' and one of 'strong' with steps and a reward. The runs are of ; the settings are on.");
        Should.Throw<ConfigurationException>(() => StepsReport.Of(RunPair.Of(runs[..20], Pair, null), 4, 1, default)).Message.ShouldContain("too few");
        Should.Throw<ConfigurationException>(() => StepsReport.Of(RunPair.Of(runs, Pair, null), 1, 1, default)).Message.ShouldContain("from 2");
        Should.Throw<ConfigurationException>(() => StepsReport.Of(RunPair.Of([.. Runs(strongSolves: _ => false)], Pair, null), 4, 1, default)).Message.ShouldContain("of one kind");
        RunPair.Of(runs, Pair, null)[3].Group.ShouldBe("3", "variants of a task end in the same number");
    }

    /// <summary>40 tasks; the weak model fails every other one, and its tools say so.</summary>
    private static IEnumerable<RecordedRun> Runs(Func<int, bool> strongSolves)
    {
        for (int task = 0; task < 40; task++)
        {
            bool weakSolves = task % 2 == 0;
            yield return Run($"kind_{task}", "weak", weakSolves ? 1 : 0, "fine", weakSolves ? "fine" : "{\"error\":1}");
            yield return Run($"kind_{task}", "strong", weakSolves || strongSolves(task) ? 1 : 0, "fine", "fine");
        }
    }

    private static RecordedRun Run(string task, string model, double reward, params string[] observations) => new()
    {
        Id = $"{model}/{task}",
        Task = task,
        Model = model,
        Configuration = "on",
        Reward = reward,
        Location = "here:1",
        Steps = [.. observations.Select((text, i) => new RecordedStep { PromptTokens = 100 * (i + 1), OutputTokens = 10, Calls = [new RecordedCall("a", $"{i}")], Observations = [text] })],
    };

    private static ModelProfile Model(string name, decimal price) => new() { Name = name, Tier = name, Prices = new ModelPrices(price, price) };
}
