using AgentRouter.Routing.Policies.Boundary;
using AgentRouter.Routing.Policies.Boundary.Model;
using CsCheck;

namespace AgentRouter.Routing.Tests.Policies.Boundary;

public sealed class BoundaryTableTests
{
    private static readonly Gen<BoundaryModel> AnyModel =
        from rungs in Gen.Int[2, 3]
        from steps in Gen.Int[1, 3]
        from verified in Gen.Bool
        from classes in Class(rungs).Array[1, 2]
        from hazard in Gen.Double[0.1, 0.9].Array[steps]
        select BoundaryModels.Of(verified, [.. classes], [.. hazard[..^1], 1]);

    [Fact]
    public void The_value_of_every_step_and_budget_is_that_of_trying_all_choices() => AnyModel.Sample(model =>
    {
        var table = new BoundaryTable(model);
        for (int step = 1; step <= model.Hazard.Count; step++)
        {
            for (int budget = 0; budget <= 12; budget++)
                table.Value(step, budget).ShouldBe(Exact(model, step, budget), 1e-6);
        }
    }, iter: 60);

    [Fact]
    public void More_money_is_never_worth_less() => AnyModel.Sample(model =>
    {
        var table = new BoundaryTable(model);
        double before = 0;
        for (double budget = 0; budget <= table.MaxBudget; budget += 0.3)
        {
            double value = table.Value(1, budget);
            value.ShouldBeGreaterThanOrEqualTo(before - 1e-9);
            before = value;
        }
    }, iter: 40);

    [Fact]
    public void A_verified_step_is_tried_cheaply_first_when_both_fit_and_dearly_when_only_one_does()
    {
        // small does half of the steps, large nearly all of them
        var table = new BoundaryTable(BoundaryModels.OneStep(verified: true, none: 0.05, small: 0.05, large: 0.45, both: 0.45));

        table.Best(1, 6, 0, failed: 0).Rung.ShouldBe(0);
        table.Best(1, 5, 0, failed: 0).Rung.ShouldBe(1);
        table.Best(1, 5, 0, failed: 1).Rung.ShouldBe(1);
        table.Best(1, 4, 0, failed: 1).Rung.ShouldBe(-1);
    }

    [Fact]
    public void An_intractable_step_is_not_worth_its_price()
    {
        BoundaryModel model = BoundaryModels.OneStep(verified: true, none: 0.97, small: 0, large: 0.01, both: 0.02);

        new BoundaryTable(model, lambda: 0).Best(1, 100, 0, failed: 0).Rung.ShouldBe(0);
        // a success is worth 20: 0.02 of it pays neither 1 nor 5
        new BoundaryTable(model, lambda: 1 / 20.0).Best(1, 100, 0, failed: 0).Rung.ShouldBe(-1);
    }

    [Fact]
    public void What_models_cost_now_changes_the_choice()
    {
        BoundaryModel model = BoundaryModels.OneStep(verified: false, none: 0.05, small: 0.05, large: 0.45, both: 0.45);

        new BoundaryTable(model).Best(1, 4.9, 0, failed: 0).Rung.ShouldBe(0);
        new BoundaryTable(model, scale: [1, 0.5]).Best(1, 4.9, 0, failed: 0).Rung.ShouldBe(1);
    }

    private static Gen<BoundaryClass> Class(int rungs) =>
        from outcomes in Gen.Double[0, 1].Array[1 << rungs]
        from share in Gen.Double[0.1, 1]
        from cheapest in Gen.Int[1, 2]
        select new BoundaryClass
        {
            Name = $"class {share}",
            Share = share,
            Rows = 10,
            Outcomes = [.. outcomes.Select(outcome => (outcome + 0.01) / outcomes.Sum(other => other + 0.01))],
            Costs = [.. Enumerable.Range(0, rungs).Select(rung => (double[])[cheapest + 2 * rung, cheapest + 2 * rung + 1])],
            Calls = [.. Enumerable.Repeat(1.0, rungs)],
        };

    private static double Exact(BoundaryModel model, int step, double budget) =>
        model.Classes.Sum(of => of.Share * Try(model, of, step, budget, 0));

    private static double Try(BoundaryModel model, BoundaryClass of, int step, double budget, int failed)
    {
        double best = 0;
        for (int rung = 0; rung < model.Rungs.Count; rung++)
        {
            if ((failed >> rung & 1) != 0)
                continue;
            double right = of.Success(rung, failed), value = 0;
            foreach (double cost in of.Costs[rung])
            {
                if (cost > budget)
                    continue;
                double ends = model.Hazard[step - 1];
                double on = ends + (ends < 1 ? (1 - ends) * Exact(model, step + 1, budget - cost) : 0);
                double again = model.IsVerified ? Try(model, of, step, budget - cost, failed | 1 << rung) : 0;
                value += (right * on + (1 - right) * again) / of.Costs[rung].Count;
            }

            best = Math.Max(best, value);
        }

        return best;
    }
}
