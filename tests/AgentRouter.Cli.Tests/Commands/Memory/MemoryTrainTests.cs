using System.Text.Json;
using AgentRouter.Cli.Tests.Support;

namespace AgentRouter.Cli.Tests.Commands.Memory;

public sealed class MemoryTrainTests
{
    private static readonly string[] Things = ["bicycle", "violin", "greenhouse", "telescope", "canoe", "typewriter", "beehive", "sailboat", "loom", "piano"];

    [Fact]
    public async Task Weights_are_measured_shown_and_saved_where_that_is_wanted()
    {
        using var cli = new TestCli();
        cli.Write("talks.jsonl", string.Join('\n', Enumerable.Range(0, 4).Select(Conversation)) + "\n");

        int code = await cli.RunAsync("memory", "train", "--locomo", "talks.jsonl", "--out", "weights.json", "--force");

        code.ShouldBe(0, cli.Errors);
        cli.Seen.ShouldContain("each of 4 memories with weights learned from the others");
        cli.Seen.ShouldContain("R@10");
        using JsonDocument saved = JsonDocument.Parse(File.ReadAllText(Path.Combine(cli.Folder, "weights.json")));
        saved.RootElement.GetProperty("format").GetString().ShouldBe("agentrouter.memory-weights/1");
        saved.RootElement.GetProperty("card").GetProperty("turns").GetProperty("questions").GetInt32().ShouldBe(40);
        cli.Write("agentrouter.yaml", "memory: { weights: weights.json }\n");
        cli.Write("chat.jsonl", """{"speaker":"Anna","text":"I sold the old canoe."}""" + "\n");
        (await cli.RunAsync("memory", "import", "chat.jsonl", "--scope", "user:anna")).ShouldBe(0, cli.Errors);
        (await cli.RunAsync("memory", "ask", "What did Anna sell?", "--scope", "user:anna")).ShouldBe(0, cli.Errors);
        cli.Seen.ShouldContain("canoe");
    }

    [Fact]
    public async Task Weights_that_are_not_there_are_told_with_their_place()
    {
        using var cli = new TestCli();
        cli.Write("agentrouter.yaml", "memory: { weights: gone.json }\n");

        (await cli.RunAsync("memory", "stats")).ShouldBe(64);

        cli.Errors.ShouldContain("agentrouter.yaml:1:20: error: There is no file 'gone.json'.");
        cli.Errors.ShouldContain("'agentrouter memory train' makes one.");
    }

    [Fact]
    public async Task What_answered_a_question_is_noted_and_learned_from()
    {
        using TestCli cli = await SampleMemory.MakeAsync(200);

        (await cli.RunAsync("memory", "ask", "Who is the mother of Lothair II?", "--scope", "user:anna", "--useful", "1", "--labels", "labels.jsonl")).ShouldBe(0, cli.Errors);

        using JsonDocument label = JsonDocument.Parse(File.ReadAllText(Path.Combine(cli.Folder, "labels.jsonl")));
        label.RootElement.GetProperty("question").GetString().ShouldBe("Who is the mother of Lothair II?");
        label.RootElement.GetProperty("evidence").GetArrayLength().ShouldBe(1);
        (await cli.RunAsync("memory", "train", "--scope", "user:anna", "--labels", "labels.jsonl")).ShouldBe(64);
        cli.Errors.ShouldContain("there are 1 of 1");
    }

    [Theory]
    [InlineData("--useful 1", "--useful and --labels belong together")]
    [InlineData("--useful one --labels l.jsonl", "--useful is a list of the numbers of pieces")]
    [InlineData("--useful 1 --labels gone/l.jsonl", "there is no folder")]
    [InlineData("--useful 900 --labels l.jsonl", "--useful 900: only")]
    public async Task A_note_that_cannot_be_made_says_why(string options, string message)
    {
        using TestCli cli = await SampleMemory.MakeAsync(200);

        (await cli.RunAsync(["memory", "ask", "Who is the mother of Lothair II?", "--scope", "user:anna", .. options.Split(' ')])).ShouldBe(64);

        cli.Errors.ReplaceLineEndings(" ").ShouldContain(message);
    }

    [Theory]
    [InlineData("", "Name what to learn from")]
    [InlineData("--labels l.jsonl", "--labels and --scope belong together")]
    [InlineData("--locomo l.jsonl --multihop wiki", "Name what to learn from")]
    public async Task What_to_learn_from_is_named_once(string options, string message)
    {
        using var cli = new TestCli();

        (await cli.RunAsync(["memory", "train", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).ShouldBe(64);

        cli.Errors.ReplaceLineEndings(" ").ShouldContain(message);
    }

    private static string Conversation(int number)
    {
        object[] turns = [.. Things.SelectMany((thing, i) => new object[]
        {
            new { dia_id = $"D{i}:1", session = i, date_time = "1:56 pm on 8 May, 2023", speaker = "Anna", text = $"Last week I bought a {thing}." },
            new { dia_id = $"D{i}:2", session = i, date_time = "1:56 pm on 8 May, 2023", speaker = "Ben", text = $"A {thing}! I have never had one." },
        })];
        object[] questions = [.. Things.Select((thing, i) => new { qid = $"q{i}", question = $"When did Anna buy the {thing}?", category_name = "temporal", evidence = new[] { $"D{i}:1" } })];
        return JsonSerializer.Serialize(new { sample_id = $"talk-{number}", turns, qa = questions });
    }
}
