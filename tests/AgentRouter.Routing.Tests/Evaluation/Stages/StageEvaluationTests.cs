using AgentRouter.Configuration;
using AgentRouter.Routing.Evaluation.Stages;

namespace AgentRouter.Routing.Tests.Evaluation.Stages;

public sealed class StageEvaluationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentrouter-stages-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static StageRun Run(string group, string plan, string build, int repetition, double score, double usd) =>
        new() { Group = group, Arm = new StageArm([("plan", plan), ("build", build)]), Repetition = repetition, Score = score, Usd = usd };

    // a needs the large planner, b the large builder; large costs 1 more in each stage
    private static List<StageRun> Table()
    {
        var runs = new List<StageRun>();
        string[] tiers = ["small", "large"];
        for (int repetition = 0; repetition < 10; repetition++)
        {
            foreach (string plan in tiers)
            {
                foreach (string build in tiers)
                {
                    double usd = 0.2 + (plan == "large" ? 1 : 0) + (build == "large" ? 1 : 0);
                    double noise = 0.02 * (repetition % 3 - 1);
                    runs.Add(Run("a", plan, build, repetition, (plan == "large" ? 0.9 : 0.4) + noise, usd));
                    runs.Add(Run("b", plan, build, repetition, (build == "large" ? 0.9 : 0.4) + noise, usd));
                }
            }
        }

        return runs;
    }

    [Fact]
    public void Each_group_gets_the_stage_that_it_needs_at_a_part_of_the_cost()
    {
        StageFigures figures = StageEvaluation.Run(Table(), 5, 10, 1);
        figures.Chosen.ShouldBe([("a", "large · small", 10), ("b", "small · large", 10)]);
        StagePolicyFigures chosen = figures.Policies.Single(policy => policy.Policy == "chosen arm of each group");
        chosen.Score.ShouldBe(0.9, 0.01);
        chosen.CostShare.ShouldBe(1.2 / 2.2, 1e-9);
        chosen.Gain.ShouldBe(0, 0.01);
        chosen.WithoutRuns.ShouldBe(0);
        figures.Policies.Single(policy => policy.Policy == "dearest arm: large · large").CostShare.ShouldBe(1);
        figures.Policies.Single(policy => policy.Policy == "cheapest arm: small · small").Score.ShouldBe(0.4, 0.01);
    }

    [Fact]
    public void One_lucky_run_is_not_believed()
    {
        List<StageRun> runs = Table();
        runs.Add(Run("a", "odd", "small", 3, 1, 0.1));
        var model = new StageModel([.. runs.Where(run => run.Group == "a")]);
        model.Predict(runs[^1].Arm).Score.ShouldBeLessThan(0.8);
        model.Best(10).ToString().ShouldBe("large · small");
    }

    [Fact]
    public void An_arm_that_was_never_run_is_predicted_from_its_stages()
    {
        List<StageRun> runs = [.. Table().Where(run => run.Group == "a" && run.Arm.ToString() != "large · small")];
        new StageModel(runs).Predict(new StageArm([("plan", "large"), ("build", "small")])).Score.ShouldBeInRange(0.7, 0.95);
    }

    [Fact]
    public async Task Runs_are_read_by_our_names_and_by_those_of_AgensFlow()
    {
        string path = Write(
            """{"group":"g","choice":{"plan":"x","build":"y"},"score":0.5,"costUsd":1.5,"rep":2}""",
            """{"signature":"g","choice":{"build":"y","plan":"x"},"judge_quality":1,"total_cost":2,"rep":3,"task":"t"}""");
        List<StageRun> runs = await StageRunReader.ReadAsync(path, CancellationToken.None);
        runs[0].Arm.ShouldBe(runs[1].Arm);
        runs.Select(run => (run.Group, run.Score, run.Usd, run.Repetition)).ShouldBe([("g", 0.5, 1.5, 2), ("g", 1, 2, 3)]);
    }

    [Theory]
    [InlineData("""{"choice":{"plan":"x"},"score":0.5,"costUsd":1,"rep":1}""", "needs 'group'")]
    [InlineData("""{"group":"g","score":0.5,"costUsd":1,"rep":1}""", "needs 'choice'")]
    [InlineData("""{"group":"g","choice":{},"score":0.5,"costUsd":1,"rep":1}""", "from 1 to 32 stages")]
    [InlineData("""{"group":"g","choice":{"plan":1},"score":0.5,"costUsd":1,"rep":1}""", "'plan' is a text")]
    [InlineData("""{"group":"g","choice":{"plan":"x"},"score":1.5,"costUsd":1,"rep":1}""", "between 0 and 1")]
    [InlineData("""{"group":"g","choice":{"plan":"x"},"score":"NaN","costUsd":1,"rep":1}""", "'score' is a number")]
    [InlineData("""{"group":"g","choice":{"plan":"x"},"score":1,"costUsd":1,"rep":1.5}""", "'rep' is a whole number")]
    public async Task A_run_that_cannot_be_used_is_named_by_its_line(string line, string why)
    {
        string path = Write("""{"group":"g","choice":{"plan":"x"},"score":1,"costUsd":1,"rep":1}""", line);
        string message = (await Should.ThrowAsync<ConfigurationException>(() => StageRunReader.ReadAsync(path, CancellationToken.None))).Message;
        message.ShouldStartWith($"{path}:2: ");
        message.ShouldContain(why);
    }

    [Fact]
    public async Task All_runs_have_the_same_stages()
    {
        string path = Write(
            """{"group":"g","choice":{"plan":"x"},"score":1,"costUsd":1,"rep":1}""",
            """{"group":"g","choice":{"plan":"x","build":"y"},"score":1,"costUsd":1,"rep":1}""");
        (await Should.ThrowAsync<ConfigurationException>(() => StageRunReader.ReadAsync(path, CancellationToken.None))).Message.ShouldContain(":2: the run has the stages");
    }

    [Fact]
    public void Fewer_repetitions_than_folds_are_refused() =>
        Should.Throw<ConfigurationException>(() => StageEvaluation.Run([Run("a", "x", "y", 1, 1, 1)], 5, 10, 1)).Message.ShouldContain("fewer than 5 repetitions");

    private string Write(params string[] lines)
    {
        string path = Path.Combine(_folder, "runs.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }
}
