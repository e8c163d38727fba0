using AgentRouter.Configuration;
using AgentRouter.Routing.Evaluation.Twin;

namespace AgentRouter.Routing.Tests.Evaluation.Twin;

public sealed class TwinScoreTests : IDisposable
{
    private const int Low = 0, Mid = 1, High = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("agentrouter-twin-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_score_is_the_one_computed_by_hand()
    {
        TwinMessage user = new(false, "u", 100), assistant = new(true, "a", 20), tool = new(false, "t", 30);
        TwinRow[] bank =
        [
            Row("1", "swe", "x", 1, Low, user),
            Row("2", "swe", "x", 2, Mid, user, assistant, tool),
            Row("3", "swe", "y", 1, High, new TwinMessage(false, "v", 40)),
            Row("4", "qa", "z", 1, Low, user),
        ];
        TwinReport report = TwinScore.Of(bank, new Dictionary<string, int?> { ["1"] = Low, ["2"] = High, ["3"] = Mid, ["4"] = null });

        // x passes. Output: step 1 the assistant's 20 tokens, step 2 the mean, 20.
        //   as predicted: low writes 100 x .26 + 20 x .5 = 36; high is new and writes 150 x 6.25 + 20 x 25 = 1437.5
        //   all high:     100 x 6.25 + 20 x 25 = 1125; then 100 x .5 read + 50 x 6.25 written + 500 = 862.5
        // y fails. Output: one step, so 500 tokens.
        //   as predicted: 40 x .30 + 500 x 2 = 1012; all high: 40 x 6.25 + 500 x 25 = 12750
        // swe saves (1987.5 - 1473.5 - 1012) / (1987.5 + 12750)
        TwinFigures swe = report.Benchmarks["swe"];
        swe.RowPass.ShouldBe(2 / 3.0, 1e-12);
        swe.RowExact.ShouldBe(1 / 3.0, 1e-12);
        swe.TrajectoryPass.ShouldBe(2 / 3.0, 1e-12);
        swe.CostSavings.ShouldBe(-498 / 14737.5, 1e-12);
        // qa has an error: it fails, and nothing was spent
        report.Benchmarks["qa"].ShouldSatisfyAllConditions(
            () => report.Benchmarks["qa"].RowPass.ShouldBe(0),
            () => report.Benchmarks["qa"].CostSavings.ShouldBe(0));
        // all: swe weighs 3/4, qa 1/4
        report.Errors.ShouldBe(1);
        report.All.Trajectories.ShouldBe(3);
        report.All.RowPass.ShouldBe(0.5, 1e-12);
        report.All.RowExact.ShouldBe(0.25, 1e-12);
        report.All.TrajectoryPass.ShouldBe(0.5, 1e-12);
        report.All.CostSavings.ShouldBe(0.75 * -498 / 14737.5, 1e-12);
        report.All.Combined.ShouldBe((0.5 + 0.25 + 0.5 + 0.75 * -498 / 14737.5) / 4, 1e-12);
    }

    [Fact]
    public void Always_high_passes_everything_and_saves_nothing()
    {
        TwinRow[] bank = [Row("1", "b", "x", 1, Low, new TwinMessage(false, "u", 10)), Row("2", "b", "y", 1, High, new TwinMessage(false, "u", 10))];
        TwinFigures all = TwinScore.Of(bank, bank.ToDictionary(row => row.Id, _ => (int?)High)).All;
        (all.RowPass, all.RowExact, all.TrajectoryPass, all.CostSavings).ShouldBe((1, 0.5, 1, 0));
    }

    [Theory]
    [InlineData(3, 100 * 0.13 + 10 * 0.26)]
    [InlineData(4, 110 * 0.26)]
    public void The_cache_of_a_tier_is_gone_when_its_last_call_is_more_than_three_steps_back(int stepsBack, double lastPromptUsd)
    {
        TwinMessage user = new(false, "u", 100), more = new(false, "m", 10);
        TwinRow[] steps = [.. Enumerable.Range(0, stepsBack + 1).Select(i => i == 0 ? Row("0", "b", "x", 0, Low, user) : Row("" + i, "b", "x", i, Low, user, more))];
        // the steps between go to another tier, which reads its own cache from its second call on; no step has any output
        int?[] tiers = [.. steps.Select((_, i) => (int?)(i == 0 || i == stepsBack ? Low : Mid))];
        double between = 110 * 0.30 + (stepsBack - 2) * 110 * 0.059;
        TwinCosts.Of(steps, tiers).ShouldBe((100 * 0.26 + between + lastPromptUsd) / 1e6, 1e-15);
    }

    [Fact]
    public void A_prompt_that_begins_otherwise_is_written_anew()
    {
        TwinRow[] steps = [Row("1", "b", "x", 1, Low, new TwinMessage(false, "u", 100)), Row("2", "b", "x", 2, Low, new TwinMessage(false, "compacted", 30))];
        TwinCosts.Of(steps, [Low, Low]).ShouldBe(130 * 0.26 / 1e6, 1e-15);
    }

    [Fact]
    public async Task Banks_and_predictions_are_read_and_tokens_are_counted_from_characters()
    {
        string bank = Write("bank.jsonl", """{"id":"1","benchmark":"b","instance_id":"x","step_index":1,"messages":[{"role":"assistant","content":"12345678","tool_calls":[{}]}],"target_tier":"mid_high","total_steps":9}""");
        List<TwinRow> rows = await TwinFiles.ReadBankAsync(bank, 2, CancellationToken.None);
        TwinMessage message = rows.ShouldHaveSingleItem().Messages.ShouldHaveSingleItem();
        message.Tokens.ShouldBe((8 + 4) / 2.0);
        message.IsAssistant.ShouldBeTrue();
        rows[0].Target.ShouldBe(2);
        string predictions = Write("p.jsonl", """{"id":"1","tier":null}""");
        (await TwinFiles.ReadPredictionsAsync(predictions, rows, CancellationToken.None)).ShouldBe(new Dictionary<string, int?> { ["1"] = null });
    }

    [Theory]
    [InlineData("""{"benchmark":"b","instance_id":"x","step_index":1,"messages":[{"role":"user","content":"a"}],"target_tier":"low"}""", "'id' is missing")]
    [InlineData("""{"id":"1","benchmark":"b","instance_id":"x","step_index":1,"messages":[{"role":"user","content":"a"}],"target_tier":"middle"}""", "one of low, mid, mid_high, high, not 'middle'")]
    [InlineData("""{"id":"1","benchmark":"b","instance_id":"x","step_index":1,"messages":[],"target_tier":"low"}""", "needs 'messages'")]
    [InlineData("""{"id":"1","benchmark":"b","instance_id":"x","messages":[{"role":"user","content":"a"}],"target_tier":"low"}""", "needs a 'step_index'")]
    public async Task A_row_that_cannot_be_used_is_named_by_its_line(string line, string why)
    {
        string bank = Write("bank.jsonl", line);
        string message = (await Should.ThrowAsync<ConfigurationException>(() => TwinFiles.ReadBankAsync(bank, 4, CancellationToken.None))).Message;
        message.ShouldStartWith($"{bank}:1: ");
        message.ShouldContain(why);
    }

    [Theory]
    [InlineData("""{"tier":"low"}""", ":1: 'id' is missing")]
    [InlineData("""{"id":"1"}""", ":1: a prediction needs a 'tier'")]
    [InlineData("""{"id":"1","tier":"huge"}""", "not 'huge'")]
    [InlineData("""{"id":"9","tier":"low"}""", ":1: the bank has no row '9'")]
    [InlineData("{\"id\":\"1\",\"tier\":\"low\"}\n{\"id\":\"1\",\"tier\":\"low\"}", ":2: the row '1' is predicted twice")]
    [InlineData("""{"id":"1","tier":"low"}""", "predicts 1 of 2 rows; '2' is the first that is missing")]
    public async Task Predictions_that_cannot_be_used_are_named_by_their_line(string lines, string why)
    {
        TwinRow[] rows = [Row("1", "b", "x", 1, Low, new TwinMessage(false, "u", 1)), Row("2", "b", "x", 2, Low, new TwinMessage(false, "u", 1))];
        string path = Write("p.jsonl", lines);
        (await Should.ThrowAsync<ConfigurationException>(() => TwinFiles.ReadPredictionsAsync(path, rows, CancellationToken.None))).Message.ShouldContain(why);
    }

    private static TwinRow Row(string id, string benchmark, string instance, int step, int target, params TwinMessage[] messages) =>
        new() { Id = id, Benchmark = benchmark, Instance = instance, Step = step, Target = target, Messages = messages };

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
