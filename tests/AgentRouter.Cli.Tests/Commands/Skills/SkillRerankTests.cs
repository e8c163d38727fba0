using System.Text.Json;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Onnx.Tests.Support;

namespace AgentRouter.Cli.Tests.Commands.Skills;

/// <summary>A reranker by its name in the configuration: a tiny model that likes the letter b.</summary>
public sealed class SkillRerankTests : IDisposable
{
    private readonly TestCli _cli = new();
    private readonly ModelTestFolder _model = ModelTestFolder.CrossEncoder(classes: 1);

    public SkillRerankTests()
    {
        _cli.Write("agentrouter.yaml", $"rerankers: {{ judge: {{ onnx: \"{_model.Path}\", device: cpu, depth: 5 }}, none-there: {{ onnx: models/none }} }}");
        Write("first", "Repairs a failing test.", "c c");
        Write("second", "Repairs a test.", "b b b");
        _cli.Write("pool.jsonl", """
            {"id": "first", "name": "first", "description": "Repairs a failing test.", "body": "c c"}
            {"id": "second", "name": "second", "description": "Repairs a test.", "body": "b b b"}
            """);
        _cli.Write("tasks.jsonl", """
            {"query": "a failing test", "gold": ["second"]}
            {"query": "repair a test that is failing", "gold": ["second"]}
            """);
    }

    public void Dispose()
    {
        _model.Dispose();
        _cli.Dispose();
    }

    [Fact]
    public async Task A_search_shows_what_the_model_put_first()
    {
        (await FirstAsync("--in", "skills")).ShouldBe("first");
        (await FirstAsync("--in", "skills", "--rerank", "judge")).ShouldBe("second");
        (await _cli.RunAsync("skills", "index", "skills")).ShouldBe(0, _cli.Errors);
        (await FirstAsync("--rerank", "judge")).ShouldBe("second");
    }

    [Fact]
    public async Task An_evaluation_has_a_row_beside_the_recipe()
    {
        (await _cli.RunAsync("skills", "eval", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--views", "all", "--rerank", "judge", "--json")).ShouldBe(0, _cli.Errors);

        JsonElement[] steps = [.. JsonDocument.Parse(_cli.Lines).RootElement.EnumerateArray().Single().GetProperty("figures").GetProperty("steps").EnumerateArray()];
        steps.Select(step => step.GetProperty("recipe").GetString()).Last().ShouldBe("+ judge");
        steps.Select(step => step.GetProperty("all").GetProperty("hit1").GetProperty("mean").GetDouble()).ShouldBe([0, 1]);
        steps[^1].GetProperty("hit1Gain").GetProperty("mean").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task A_run_offers_what_the_model_put_first()
    {
        _cli.Write("script.yaml", "script: work\nreplies:\n  - say: repaired\n");
        _cli.Write("flow.yaml", """
            name: flow
            script: script.yaml
            nodes:
              work: { agent: { name: fixer, instructions: Do it., skills: { topK: 1, rerank: judge, from: skills } }, prompt: A failing test., next: done }
              done: { end: succeeded, answer: "{{ work }}" }
            """);

        (await _cli.RunAsync("validate", "flow.yaml")).ShouldBe(0, _cli.Errors);
        (await _cli.RunAsync("run", "flow.yaml")).ShouldBe(0, _cli.Errors);
        (await _cli.RunAsync("trace")).ShouldBe(0);
        _cli.Seen.ShouldContain("second");
        (await _cli.RunAsync("replay")).ShouldBe(0, _cli.Errors);
    }

    [Fact]
    public async Task Names_and_folders_that_are_not_there_are_told()
    {
        (await _cli.RunAsync("skills", "search", "x", "--in", "skills", "--rerank", "juge")).ShouldBe(64);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("There is no reranker 'juge' in agentrouter.yaml. Did you mean 'judge'?");
        (await _cli.RunAsync("skills", "search", "x", "--in", "skills", "--rerank", "none-there")).ShouldBe(64);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("There is no folder models/none, which reranker 'none-there' in agentrouter.yaml names.");
    }

    private async Task<string> FirstAsync(params string[] options)
    {
        _cli.Forget();
        (await _cli.RunAsync(["skills", "search", "a failing test", "--json", .. options])).ShouldBe(0, _cli.Errors);
        return JsonDocument.Parse(_cli.Lines).RootElement.EnumerateArray().First().GetProperty("skill").GetProperty("name").GetString()!;
    }

    private void Write(string name, string description, string body) => _cli.Write($"skills/{name}/SKILL.md", $"---\nname: {name}\ndescription: {description}\n---\n{body}\n");
}
