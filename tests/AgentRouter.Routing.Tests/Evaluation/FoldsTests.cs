using AgentRouter.Configuration;
using AgentRouter.Routing.Evaluation;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Tests.Evaluation;

public sealed class FoldsTests
{
    [Fact]
    public void Each_fold_has_its_share_of_each_group()
    {
        OutcomeRow[] rows = Rows(100, i => i < 75 ? "a" : "b");

        int[] folds = Folds.Of(rows, 5, unseenGroups: false, seed: 1);

        for (int fold = 0; fold < 5; fold++)
        {
            rows.Where((row, i) => folds[i] == fold && row.Group == "a").Count().ShouldBe(15);
            rows.Where((row, i) => folds[i] == fold && row.Group == "b").Count().ShouldBe(5);
        }

        Folds.Of(rows, 5, unseenGroups: false, seed: 1).ShouldBe(folds);
        Folds.Of(rows, 5, unseenGroups: false, seed: 2).ShouldNotBe(folds);
    }

    [Fact]
    public void Groups_that_stay_whole_are_in_one_fold_each()
    {
        OutcomeRow[] rows = Rows(100, i => "g" + i % 10);

        int[] folds = Folds.Of(rows, 5, unseenGroups: true, seed: 1);

        rows.Zip(folds).GroupBy(pair => pair.First.Group).ShouldAllBe(group => group.Select(pair => pair.Second).Distinct().Count() == 1);
        folds.CountBy(fold => fold).ShouldAllBe(fold => fold.Value == 20);
    }

    [Fact]
    public void Too_few_groups_or_rows_are_refused()
    {
        Should.Throw<ConfigurationException>(() => Folds.Of(Rows(100, _ => "one"), 5, unseenGroups: true, seed: 1)).Message.ShouldContain("1 group(s)");
        Should.Throw<ConfigurationException>(() => Folds.Of(Rows(10, _ => ""), 5, unseenGroups: false, seed: 1)).Message.ShouldContain("10 rows are too few to train on");
    }

    private static OutcomeRow[] Rows(int count, Func<int, string> group) =>
        [.. Enumerable.Range(0, count).Select(i => new OutcomeRow { Id = $"{i}", Group = group(i), Models = new Dictionary<string, ModelOutcome> { ["m"] = new() { Score = 1 } } })];
}
