using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation.Caps;
using CsCheck;

namespace AgentRouter.Routing.Tests.Evaluation.Caps;

public sealed class CapReplayTests
{
    private static readonly CapVerifier Usual = new(0.2, 0.1);

    private static CapOutcome Replay(ICapPolicy policy, CapTable table, decimal? cap, CapVerifier? verifier = null, decimal check = 0) =>
        CapReplay.Run(policy, table, 0, cap is { } usd ? Money.FromUsd(usd) : CapReplay.NoCap, verifier ?? Usual, Money.FromUsd(check));

    private static void ShouldBe(CapOutcome outcome, double success, double usd)
    {
        outcome.Success.ShouldBe(success, 1e-12);
        outcome.Usd.ShouldBe(usd, 1e-12);
    }

    [Fact]
    public void A_run_that_would_pass_the_cap_is_cut_exactly_at_the_cap_and_lost()
    {
        CapTable table = CapTables.Of([(true, 0.11m)]);
        CapOutcome outcome = Replay(new LadderCapPolicy([0]), table, 0.10m);
        ShouldBe(outcome, 0, 0.10);
        outcome.Most.ShouldBe(Money.FromUsd(0.10m));
    }

    [Fact]
    public void A_run_that_costs_just_the_cap_is_completed()
    {
        CapTable table = CapTables.Of([(true, 0.10m)]);
        ShouldBe(Replay(new LadderCapPolicy([0]), table, 0.10m), 1, 0.10);
    }

    [Fact]
    public void After_a_rejection_the_next_rung_runs_and_the_last_one_is_not_verified()
    {
        // a is wrong: accepted at .2; else b, which is right and delivered without a check
        CapTable table = CapTables.Of([(false, 0.1m), (true, 0.5m)]);
        ShouldBe(Replay(new LadderCapPolicy([0, 1]), table, null), 0.8, 0.2 * 0.1 + 0.8 * 0.6);
    }

    [Fact]
    public void A_right_result_that_is_rejected_may_be_lost_to_a_wrong_one()
    {
        CapTable table = CapTables.Of([(true, 0.1m), (false, 0.5m)]);
        ShouldBe(Replay(new LadderCapPolicy([0, 1]), table, null), 0.9, 0.9 * 0.1 + 0.1 * 0.6);
    }

    [Fact]
    public void When_the_last_rung_is_cut_the_last_completed_result_is_delivered()
    {
        // a is right; where it is rejected, b spends what is left, is cut, and a's result is delivered after all
        CapTable table = CapTables.Of([(true, 0.1m), (true, 0.5m)]);
        ShouldBe(Replay(new LadderCapPolicy([0, 1]), table, 0.3m), 1, 0.9 * 0.1 + 0.1 * 0.3);
    }

    [Fact]
    public void Of_two_rejected_results_the_later_one_is_delivered()
    {
        CapTable table = CapTables.Of([(true, 0.1m), (false, 0.1m), (true, 9m)]);
        double reached = 0.1 * 0.8;
        ShouldBe(Replay(new LadderCapPolicy([0, 1, 2]), table, 0.5m), 0.9, 0.9 * 0.1 + 0.1 * 0.2 * 0.2 + reached * 0.5);
    }

    [Fact]
    public void A_rung_starts_only_when_its_reserve_is_left_and_a_later_one_that_fits_takes_its_place()
    {
        CapTable table = CapTables.Of([(false, 0.1m), (true, 0.2m), (true, 0.05m)]);
        var policy = new LadderCapPolicy([0, 1, 2], [Money.FromUsd(0.1m), Money.FromUsd(0.3m), Money.FromUsd(0.1m)]);

        // .15 are left after a: b's reserve does not fit, c's does
        ShouldBe(Replay(policy, table, 0.25m), 0.8, 0.2 * 0.1 + 0.8 * 0.15);
        // nothing fits after a: its result is delivered without a check
        ShouldBe(Replay(policy, table, 0.15m), 0, 0.1);
        // the first rung starts whatever is left
        ShouldBe(Replay(policy, table, 0.05m), 0, 0.05);
    }

    [Fact]
    public void A_check_costs_what_it_costs_and_is_left_out_where_it_does_not_fit_or_nothing_could_follow()
    {
        CapTable table = CapTables.Of([(true, 0.1m), (true, 0.1m)]);
        var policy = new LadderCapPolicy([0, 1]);
        ShouldBe(Replay(policy, table, null, check: 0.05m), 1, 0.9 * 0.15 + 0.1 * 0.25);
        ShouldBe(Replay(policy, table, 0.12m, check: 0.05m), 1, 0.1);
    }

    [Fact]
    public void A_check_that_errs_alike_accepts_all_or_rejects_all()
    {
        // accepts everything at .2, everything right at .7, nothing at .1
        CapTable table = CapTables.Of([(false, 0.1m), (true, 0.1m), (false, 0.1m)]);
        CapVerifier correlated = Usual with { IsCorrelated = true };
        ShouldBe(Replay(new LadderCapPolicy([0, 1, 2]), table, null, correlated), 0.7, 0.2 * 0.1 + 0.7 * 0.2 + 0.1 * 0.3);
        correlated.Ways().Sum(way => way.Probability * way.Verifier.Accepts(true)).ShouldBe(0.9, 1e-12);
        correlated.Ways().Sum(way => way.Probability * way.Verifier.Accepts(false)).ShouldBe(0.2, 1e-12);
    }

    [Fact]
    public void The_oracle_runs_the_cheapest_model_that_solves_the_task()
    {
        var oracle = new OracleCapPolicy([0, 1, 2]);
        ShouldBe(Replay(oracle, CapTables.Of([(false, 0.1m), (true, 0.3m), (true, 0.2m)]), null), 1, 0.2);
        ShouldBe(Replay(oracle, CapTables.Of([(false, 0.1m), (false, 0.3m), (false, 0.2m)]), null), 0, 0.1);
    }

    [Fact]
    public void The_outcome_table_tries_the_cheap_model_first_and_goes_where_recorded_tasks_say_it_helps()
    {
        // where a fails, b is right and c is not
        CapTable table = CapTables.Of([(true, 0.01m), (true, 0.1m), (true, 0.1m)], [(false, 0.01m), (true, 0.1m), (false, 0.1m)], [(false, 0.01m), (true, 0.1m), (false, 0.1m)]);
        CapPlan plan = new ParticleCapPolicy(table, [0, 1, 2], new CapVerifier(0, 0), 1, Money.Zero).Begin(table, 0);
        plan.Next(CapReplay.NoCap).ShouldBe(0);
        plan.Rejected(0);
        plan.Next(CapReplay.NoCap).ShouldBe(1);
    }

    [Fact]
    public void The_outcome_table_stops_when_no_run_is_worth_its_price_and_delivers_the_likeliest_result()
    {
        CapTable table = CapTables.Of([(true, 0.01m), (false, 0.02m), (true, 5m)], [(true, 0.01m), (false, 0.02m), (true, 5m)]);
        CapPlan plan = new ParticleCapPolicy(table, [0, 1, 2], Usual, 1, Money.Zero).Begin(table, 0);
        plan.Next(CapReplay.NoCap).ShouldBe(0);
        plan.Rejected(0);
        plan.Next(CapReplay.NoCap).ShouldBeNull();
        plan.Deliver().ShouldBe(0);
    }

    [Fact]
    public void No_task_ever_costs_more_than_its_cap()
    {
        var run = Gen.Select(Gen.Bool, Gen.Int[0, 400], (solved, cents) => (Solved: solved, Usd: cents / 100m));
        var rows = run.Array[3].Array[2, 5];
        Gen.Select(rows, Gen.Int[0, 500], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Bool, Gen.Int[0, 30]).Sample((runs, cap, accept, reject, correlated, check) =>
        {
            CapTable table = CapTables.Of(runs);
            var verifier = new CapVerifier(accept, reject) { IsCorrelated = correlated };
            Money limit = Money.FromUsd(cap / 100m), price = Money.FromUsd(check / 100m);
            ICapPolicy[] policies =
            [
                new LadderCapPolicy([2]),
                new LadderCapPolicy([0, 1, 2]),
                new LadderCapPolicy([2, 0, 1], [table.MedianCost(2), table.MedianCost(0), table.MedianCost(1)]),
                new ParticleCapPolicy(table, [0, 1, 2], verifier, 0.1, price),
                new OracleCapPolicy([0, 1, 2]),
            ];
            foreach (ICapPolicy policy in policies)
            {
                for (int row = 0; row < table.Rows; row++)
                {
                    CapOutcome outcome = CapReplay.Run(policy, table, row, limit, verifier, price);
                    outcome.Most.ShouldBeLessThanOrEqualTo(limit);
                    outcome.Usd.ShouldBeLessThanOrEqualTo((double)limit.ToUsd() + 1e-9);
                    outcome.Success.ShouldBeInRange(0, 1 + 1e-9);
                }
            }
        }, iter: 150);
    }
}
