using System.Text.Json;
using AgentRouter.Cli.Tests.Support;

namespace AgentRouter.Cli.Tests.Commands.Skills;

public sealed class SkillTrainTests : IDisposable
{
    private readonly TestCli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task What_tasks_of_ones_own_show_is_learned_saved_and_used()
    {
        // of two skills with the words of a task the longer one is right
        WritePool(40);

        (await _cli.RunAsync("skills", "train", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--folds", "2", "--out", "ranker.json")).ShouldBe(0);
        _cli.Seen.ShouldContain("40 tasks, cross-validated; 1 other needs nothing that is in the pool");
        _cli.Seen.ShouldContain("Saved in ranker.json: what is needed stands higher");
        _cli.Seen.ShouldContain("skills search \"…\" --ranker ranker.json");

        (await _cli.RunAsync("skills", "eval", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--ranker", "ranker.json", "--json")).ShouldBe(0);
        JsonElement[] steps = [.. JsonDocument.Parse(_cli.Lines).RootElement[0].GetProperty("figures").GetProperty("steps").EnumerateArray()];
        steps[^1].GetProperty("recipe").GetString().ShouldBe("+ ranker");
        steps[^1].GetProperty("all").GetProperty("hit1").GetProperty("mean").GetDouble().ShouldBe(1);
        steps[^1].GetProperty("hit1Gain").GetProperty("mean").GetDouble().ShouldBe(1 - steps[^2].GetProperty("all").GetProperty("hit1").GetProperty("mean").GetDouble(), 1e-9);

        string word = string.Join(' ', Enumerable.Range(0, 60).Select(w => $"w{w}"));
        _cli.Write("skills/short/SKILL.md", "---\nname: short\ndescription: Draws charts.\n---\nDraw.\n");
        _cli.Write("skills/long/SKILL.md", $"---\nname: long\ndescription: Tells more.\n---\nDraws charts. {word}\n");
        (await _cli.RunAsync("skills", "search", "draws charts", "--in", "skills", "--ranker", "ranker.json", "--explain")).ShouldBe(0);
        _cli.Seen.ShouldContain("1  long");
        _cli.Seen.ShouldContain("place         by the trained ranker");
    }

    [Fact]
    public async Task What_is_not_better_is_not_saved_but_by_force()
    {
        WritePool(40, isShortRight: true);

        (await _cli.RunAsync("skills", "train", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--folds", "2", "--out", "ranker.json")).ShouldBe(2);
        _cli.Seen.ShouldContain("Not saved: it is not told apart from chance");
        File.Exists(Path.Combine(_cli.Folder, "ranker.json")).ShouldBeFalse();

        (await _cli.RunAsync("skills", "train", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--folds", "2", "--out", "ranker.json", "--force")).ShouldBe(0);
        File.Exists(Path.Combine(_cli.Folder, "ranker.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_else_is_overwritten_and_few_tasks_are_not_enough()
    {
        WritePool(3);
        _cli.Write("diary.json", "{\"format\": \"diary\"}");

        (await _cli.RunAsync("skills", "train", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--out", "diary.json")).ShouldBe(64);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("is there and is something else");
        (await _cli.RunAsync("skills", "train", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl")).ShouldBe(64);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("30 tasks or more that need a skill of the pool; there are 3 of 4.");
        (await _cli.RunAsync("skills", "search", "draw", "--in", ".", "--ranker", "none.json")).ShouldBe(64);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("There is no ranker");
    }

    [Fact]
    public async Task Smaller_libraries_and_held_out_descriptions_are_measured()
    {
        WritePool(40);

        (await _cli.RunAsync("skills", "eval", "--pool", "pool.jsonl", "--descriptions", "10", "--dense", "off")).ShouldBe(0);
        _cli.Seen.ShouldContain("tasks         10");
        _cli.Seen.ShouldNotContain("  names ");
        (await _cli.RunAsync("skills", "eval", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--library", "50", "--draws", "2")).ShouldBe(0);
        _cli.Seen.ShouldContain("pool          50");

        (await _cli.RunAsync("skills", "eval", "--pool", "pool.jsonl")).ShouldBe(64);
        (await _cli.RunAsync("skills", "eval", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--descriptions", "5")).ShouldBe(64);
        (await _cli.RunAsync("skills", "eval", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--draws", "5")).ShouldBe(64);
        (await _cli.RunAsync("skills", "eval", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--library", "5000")).ShouldBe(64);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("Name a smaller --library.");
        (await _cli.RunAsync("skills", "eval", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--library", "0")).ShouldBe(64);
    }

    private void WritePool(int count, bool isShortRight = false)
    {
        _cli.Write("pool.jsonl", string.Join('\n', Enumerable.Range(0, count).SelectMany(i => (string[])
        [
            $$"""{"id":"s{{i}}","name":"short{{i}}","description":"It handles topic{{i}} of all the item{{i}}.","body":"topic{{i}} item{{i}}"}""",
            $$"""{"id":"l{{i}}","name":"long{{i}}","description":"It handles something that is told below here.","body":"topic{{i}} item{{i}} {{string.Join(' ', Enumerable.Range(0, 60).Select(word => $"w{word}"))}}"}""",
        ])));
        _cli.Write("tasks.jsonl", string.Join('\n', Enumerable.Range(0, count).Select(i => $$"""{"query":"topic{{i}} item{{i}}","gold":["{{(isShortRight ? 's' : 'l')}}{{i}}"]}""")) + "\n{\"query\":\"q\",\"gold\":[\"none\"]}");
    }
}
