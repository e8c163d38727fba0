using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Configuration;
using AgentRouter.Routing.Learning;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Routing.Tests.Learning;

public sealed class SuccessPredictorTests
{
    private static readonly SuccessPredictor Trained = SuccessPredictor.Train(LearningFixture.Table(), LearningFixture.Models, LearningFixture.Quick, seed: 1);

    [Fact]
    public void Hard_tasks_are_told_from_easy_ones()
    {
        double[] hard = Predict(Trained, "Prove that the sum of 7 odd numbers is odd if 7 is odd."), easy = Predict(Trained, "What is the capital of country 7?");

        hard[0].ShouldBeLessThan(0.3);
        easy[0].ShouldBeGreaterThan(0.7);
        hard[1].ShouldBeGreaterThan(0.7);
    }

    [Theory]
    [InlineData("even", true)]
    [InlineData("never seen", false)]
    public void In_a_group_that_is_not_known_the_trees_decide_alone(string group, bool isKnown)
    {
        double[] regression = new double[2], trees = new double[2], both = new double[2];

        Trained.PredictParts(LearningFixture.Prompt(3), group, "", regression, trees).ShouldBe(isKnown ? PredictorParts.Both : PredictorParts.Trees);
        Trained.Predict(LearningFixture.Prompt(3), group, "", both);

        both[0].ShouldBe(isKnown ? (regression[0] + trees[0]) / 2 : trees[0]);
    }

    [Fact]
    public void Without_prompts_the_group_and_the_source_of_the_id_decide()
    {
        var trained = SuccessPredictor.Train(LearningFixture.Table(withPrompts: false), LearningFixture.Models, LearningFixture.Quick, seed: 1);

        Predict(trained, null, "even", "maths_proofs_9999")[0].ShouldBeLessThan(0.4);
        Predict(trained, null, "even", "facts_capitals_9999")[0].ShouldBeGreaterThan(0.6);
        Predict(trained, null, "never", "seen")[0].ShouldBeInRange(0.3, 0.9);
    }

    [Fact]
    public void Rows_with_and_without_a_prompt_can_be_mixed()
    {
        OutcomeRow[] rows = [.. LearningFixture.Table().Rows.Select((row, i) => i % 4 == 0 ? row with { Prompt = null } : row)];

        var trained = SuccessPredictor.Train(new OutcomeTable(rows), LearningFixture.Models, LearningFixture.Quick, seed: 1);

        Predict(trained, LearningFixture.Prompt(1))[0].ShouldBeGreaterThan(0.7);
        Predict(trained, null).ShouldAllBe(p => p > 0 && p < 1);
    }

    [Fact]
    public void A_model_that_is_always_right_is_trusted()
    {
        OutcomeRow[] rows = [.. LearningFixture.Table().Rows.Select(row => row with { Models = new Dictionary<string, ModelOutcome>(row.Models) { ["large"] = new() { Score = 1 } } })];

        var trained = SuccessPredictor.Train(new OutcomeTable(rows), LearningFixture.Models, LearningFixture.Quick, seed: 1);

        Predict(trained, LearningFixture.Prompt(1))[1].ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void The_same_seed_trains_the_same_predictor()
    {
        var again = SuccessPredictor.Train(LearningFixture.Table(), LearningFixture.Models, LearningFixture.Quick, seed: 1);

        Json(again).ShouldBe(Json(Trained));
    }

    [Fact]
    public void What_is_written_predicts_the_same_when_it_is_read_again()
    {
        SuccessPredictor read = Read(Json(Trained));

        Json(read).ShouldBe(Json(Trained));
        for (int i = 0; i < 20; i++)
            Predict(read, LearningFixture.Prompt(i)).ShouldBe(Predict(Trained, LearningFixture.Prompt(i)));
    }

    [Theory]
    [InlineData("kind", "\"other\"", "'kind' is not 'success-predictor'")]
    [InlineData("version", "2", "'version' is 2; this program reads version 1")]
    [InlineData("models", "[]", "'models' is empty")]
    [InlineData("models", "[\"a\",\"a\"]", "'models' names something twice")]
    [InlineData("features.hand", "[\"characters\"]", "'features.hand' names other features")]
    [InlineData("features.means", "[1]", "'features.means' has 1 entries instead of 54")]
    [InlineData("features.words", "[2,1]", "'features.words' is not ascending")]
    [InlineData("features.words", "[-1]", "'features.words[0]' is not a hash of 32 bits")]
    [InlineData("regression.intercepts", "[1,\"NaN\"]", "'regression.intercepts[1]' is not a finite number")]
    [InlineData("regression", "7", "'regression' is not an object")]
    [InlineData("trees", "[]", "'trees' is empty")]
    [InlineData("trees", "[{\"features\":[0,-1],\"thresholds\":[1],\"leaves\":[1,1]}]", "'trees[0].features' is no tree")]
    [InlineData("trees", "[{\"features\":[54,-1,-1],\"thresholds\":[1],\"leaves\":[1,1,1,1]}]", "'trees[0].features[0]' is not a whole number from -1 to 53")]
    [InlineData("trees", "[{\"features\":[-1],\"thresholds\":[],\"leaves\":[1]}]", "'trees[0].leaves' has 1 entries instead of 2")]
    public void A_damaged_or_foreign_object_is_refused_with_its_place(string path, string value, string reason)
    {
        JsonNode json = JsonNode.Parse(Json(Trained))!;
        string[] parts = path.Split('.');
        JsonNode at = parts.Length == 2 ? json[parts[0]]! : json;
        at[parts[^1]] = JsonNode.Parse(value);

        Should.Throw<ConfigurationException>(() => Read(json.ToJsonString())).Message.ShouldContain(reason);
    }

    [Fact]
    public void A_prediction_allocates_nothing()
    {
        string prompt = string.Join(' ', Enumerable.Range(0, 3_000).Select(i => LearningFixture.Prompt(i % 50)));
        double[] success = new double[2];
        // the runtime may allocate once, when it compiles what has become hot
        Enumerable.Range(0, 3).Min(_ => AllocatedBy(() =>
        {
            for (int i = 0; i < 100; i++)
                Trained.Predict(prompt, "even", "", success);
        })).ShouldBe(0);
    }

    [Fact]
    public void Several_threads_predict_the_same()
    {
        double[] expected = [.. Enumerable.Range(0, 50).Select(i => Predict(Trained, LearningFixture.Prompt(i))[0])];

        Parallel.For(0, 1_000, i => Predict(Trained, LearningFixture.Prompt(i % 50))[0].ShouldBe(expected[i % 50]));
    }

    private static long AllocatedBy(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double[] Predict(SuccessPredictor predictor, string? prompt, string group = "even", string id = "")
    {
        var success = new double[predictor.Models.Count];
        predictor.Predict(prompt, group, id, success);
        return success;
    }

    private static string Json(SuccessPredictor predictor)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            SuccessPredictorJson.Write(json, predictor);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static SuccessPredictor Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return SuccessPredictorJson.Read(new PolicyJson(document.RootElement, "policy.json", ""));
    }
}
