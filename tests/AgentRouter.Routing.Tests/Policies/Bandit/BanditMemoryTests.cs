using AgentRouter.Routing.Policies.Bandit;
using CsCheck;

namespace AgentRouter.Routing.Tests.Policies.Bandit;

public sealed class BanditMemoryTests
{
    private static readonly string[] CodeOfExecutor = ["group:fix/code", "source:executor"];

    [Fact]
    public void A_model_that_was_never_tried_has_the_prior()
    {
        BanditEstimate estimate = new BanditMemory().Estimate("small", CodeOfExecutor);
        estimate.Success.ShouldBe(0);
        estimate.Width.ShouldBe(Math.Sqrt(3), 1e-12);
    }

    [Fact]
    public void The_estimate_is_the_posterior_of_a_ridge_regression()
    {
        // x = (1, 1, 1): what all steps have in common, the group, the source. A = I + 2 xx', its inverse I - 2/7 xx'.
        // b = x for the scores and 6 x for the costs, so the mean is x' A^-1 x = 3 - 2/7 * 9 times that, and the variance the same
        var memory = new BanditMemory();
        memory.Remember(new VerifiedStep("small", CodeOfExecutor, 1, 2));
        memory.Remember(new VerifiedStep("small", CodeOfExecutor, 0, 4));
        BanditEstimate estimate = memory.Estimate("small", CodeOfExecutor);
        estimate.Success.ShouldBe(3 / 7.0, 1e-12);
        estimate.Usd.ShouldBe(18 / 7.0, 1e-12);
        estimate.Width.ShouldBe(Math.Sqrt(3 / 7.0), 1e-12);
        // where only the group is the same: (1, 1, 0) A^-1 x = 2 - 2/7 * 6
        memory.Estimate("small", CodeOfExecutor[..1]).Success.ShouldBe(2 / 7.0, 1e-12);
        memory.Estimate("large", CodeOfExecutor).Width.ShouldBe(Math.Sqrt(3), 1e-12);
    }

    [Fact]
    public void What_is_forgotten_leaves_what_the_rest_would_have_taught() => Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Double[0, 1]).Array[0, 40].Sample(outcomes =>
    {
        VerifiedStep[] steps = [.. outcomes.Select(o => new VerifiedStep("m" + o.Item1, ["group:" + o.Item2, "source:" + o.Item3], o.Item4, o.Item4))];
        var bounded = new BanditMemory(capacity: 10);
        var fresh = new BanditMemory();
        foreach (VerifiedStep step in steps)
            bounded.Remember(step);
        foreach (VerifiedStep step in steps.TakeLast(10))
            fresh.Remember(step);
        bounded.Count.ShouldBe(fresh.Count);
        for (int model = 0; model < 3; model++)
        {
            BanditEstimate one = bounded.Estimate("m" + model, ["group:1", "source:1"]), other = fresh.Estimate("m" + model, ["group:1", "source:1"]);
            one.Success.ShouldBe(other.Success, 1e-9);
            one.Width.ShouldBe(other.Width, 1e-9);
        }
    }, iter: 50);

    [Fact]
    public void Similar_steps_are_the_nearest_and_of_equals_the_newest()
    {
        var memory = new BanditMemory();
        for (int i = 0; i < 20; i++)
            memory.Remember(new VerifiedStep("small", CodeOfExecutor, i < 10 ? 0 : 1, 0));
        memory.Remember(new VerifiedStep("small", ["group:fix/review", "source:reviewer"], 0, 0));
        memory.Remember(new VerifiedStep("large", CodeOfExecutor, 0, 0));
        memory.Similar("small", CodeOfExecutor).ShouldBe((10, 15));
        memory.Similar("large", CodeOfExecutor).ShouldBe((0, 1));
        memory.Similar("small", ["group:other"]).ShouldBe((0, 0));
    }

    [Fact]
    public void Features_beyond_the_bound_are_not_looked_at()
    {
        var memory = new BanditMemory();
        for (int i = 0; i < BanditMemory.MaxFeatures + 10; i++)
            memory.Remember(new VerifiedStep("small", ["group:" + i], 1, 0));
        BanditEstimate common = memory.Estimate("small", []);
        memory.Estimate("small", ["group:" + BanditMemory.MaxFeatures]).ShouldBe(common);
        memory.Estimate("small", ["group:0"]).Success.ShouldBeGreaterThan(common.Success);
    }
}
