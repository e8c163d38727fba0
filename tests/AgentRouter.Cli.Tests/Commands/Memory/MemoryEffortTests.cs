using System.Text.Json;
using AgentRouter.Cli.Tests.Support;

namespace AgentRouter.Cli.Tests.Commands.Memory;

public sealed class MemoryEffortTests : IAsyncLifetime
{
    private const string Question = "Who bought the bike?";

    private TestCli _cli = null!;

    public async Task InitializeAsync()
    {
        _cli = await SampleMemory.MakeAsync(160);
        _cli.Write("agentrouter.yaml", """
            providers: { here: { kind: scripted, script: s.yaml } }
            models:
              small: { provider: here, modelId: small, tier: small, price: { input: 1, output: 1 }, contextWindow: 32000, maxOutputTokens: 4000 }
            embeddings:
              free: { provider: here, model: words }
              paid: { provider: here, model: dear, price: { input: 1000 } }
            """);
        _cli.Write("s.yaml", """
            script: memory
            replies:
              - when: { agent: memory, messageContains: "You prepare a search" }
                say: '{ "names": ["Clara"], "periods": [], "phrases": ["sold"] }'
              - when: { agent: memory, messageContains: "You judge which notes" }
                say: '{ "scores": { "1": 9, "2": 1, "3": 1, "4": 1 } }'
              - when: { agent: memory, messageContains: "You sum up" }
                say: Anna sold her bike to Clara [1], they say [77].
            """);
    }

    public Task DisposeAsync()
    {
        _cli.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task With_high_effort_the_answer_has_a_summary_a_plan_and_its_cost()
    {
        (await AskAsync("--effort", "high", "--budget", "0.01")).ShouldBe(0, _cli.Errors);

        _cli.Seen.ShouldContain("Anna sold her bike to Clara [1], they say .");
        _cli.Seen.ShouldContain("Effort");
        _cli.Seen.ShouldContain("spent");
        foreach (string part in (string[])["entities", "temporal", "topics", "filter", "summary"])
            _cli.Seen.ShouldContain(part);
        _cli.Seen.ShouldContain("high: wished for");
    }

    [Fact]
    public async Task Programs_get_the_plan_and_the_cost()
    {
        (await AskAsync("--effort", "high", "--budget", "0.01", "--json")).ShouldBe(0, _cli.Errors);

        JsonElement answer = JsonDocument.Parse(_cli.Lines).RootElement;
        answer.GetProperty("spentUsd").GetDecimal().ShouldBeInRange(0.0001m, 0.01m);
        answer.GetProperty("plan").GetProperty("modules").GetArrayLength().ShouldBe(5);
        answer.GetProperty("summary").GetProperty("citations")[0].GetInt32().ShouldBe(1);
        answer.GetProperty("recall").GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_costs_money_wants_a_budget_and_one_that_is_too_small_lowers_the_effort()
    {
        (await AskAsync("--effort", "auto")).ShouldBe(64);
        _cli.Errors.ShouldContain("Say how much may be spent: --budget 0.01.");

        (await AskAsync("--effort", "high", "--budget", "0.00001")).ShouldBe(0, _cli.Errors);
        _cli.Seen.ShouldContain("nothing spent");
        _cli.Seen.ShouldContain("planned high, but the budget is used up");
        _cli.Seen.ShouldContain("I sold my bike to Clara");
    }

    [Fact]
    public async Task An_easy_question_costs_nothing()
    {
        (await _cli.RunAsync("memory", "ask", "Which knee needs rest?", "--scope", "user:anna", "--effort", "auto", "--budget", "0.01", "--top", "1")).ShouldBe(0, _cli.Errors);

        _cli.Seen.ShouldContain("nothing spent");
        _cli.Seen.ShouldContain("topics");
        _cli.Seen.ShouldNotContain("Summary\n");
    }

    [Fact]
    public async Task Vectors_are_made_once_and_help_from_then_on()
    {
        (await _cli.RunAsync("memory", "embed", "--scope", "user:anna", "--embeddings", "free")).ShouldBe(0, _cli.Errors);
        _cli.Seen.ShouldContain("with 'free'; 0 had a vector already.");
        string seen = _cli.Seen;
        (await _cli.RunAsync("memory", "embed", "--scope", "user:anna", "--embeddings", "free")).ShouldBe(0, _cli.Errors);
        _cli.Seen[seen.Length..].ShouldContain("Embedded 0 texts with 'free'");

        (await AskAsync("--effort", "medium", "--embeddings", "free")).ShouldBe(0, _cli.Errors);
        _cli.Seen.ShouldContain("medium: wished for");
        _cli.Seen.ShouldContain("nothing spent");
    }

    [Fact]
    public async Task Vectors_that_cost_are_made_as_far_as_the_budget_goes()
    {
        (await _cli.RunAsync("memory", "embed", "--scope", "user:anna", "--embeddings", "paid")).ShouldBe(64);
        _cli.Errors.ShouldContain("Vectors of 'paid' cost money. Say how much may be spent");

        (await _cli.RunAsync("memory", "embed", "--scope", "user:anna", "--embeddings", "paid", "--budget", "0.01", "--json")).ShouldBe(3);
        JsonDocument.Parse(_cli.Lines).RootElement.GetProperty("left").GetString()!.ShouldContain("The budget is used up");

        (await _cli.RunAsync("memory", "embed", "--scope", "user:anna", "--embeddings", "paid", "--budget", "5")).ShouldBe(0, _cli.Errors);
        _cli.Seen.ShouldContain("with 'paid' for $");
    }

    [Theory]
    [InlineData("--embeddings free")]
    [InlineData("--budget 0.01")]
    [InlineData("--account anna")]
    public async Task What_only_an_effort_needs_is_refused_without_one(string option)
    {
        (await AskAsync(option.Split(' '))).ShouldBe(64);

        _cli.Errors.ShouldContain("--embeddings, --budget, --rerank and --account have no effect without an effort");
    }

    [Fact]
    public async Task Embeddings_must_be_named_somewhere_and_be_there()
    {
        (await _cli.RunAsync("memory", "embed", "--scope", "user:anna")).ShouldBe(64);
        _cli.Errors.ShouldContain("Say what makes the vectors: --embeddings NAME, or memory: { embeddings: NAME } in agentrouter.yaml.");

        _cli.Write("agentrouter.yaml", "memory: { embeddings: fre }\nembeddings: { free: { onnx: models } }\n");
        (await _cli.RunAsync("memory", "stats")).ShouldBe(64);
        _cli.Errors.ShouldContain("agentrouter.yaml:1:23: error: There are no embeddings 'fre' in 'embeddings'.");
        _cli.Errors.ShouldContain("Did you mean 'free'?");
    }

    [Fact]
    public async Task Embeddings_of_the_memory_serve_commands_and_runs()
    {
        _cli.Write("agentrouter.yaml", File.ReadAllText(Path.Combine(_cli.Folder, "agentrouter.yaml")) + "\nmemory: { embeddings: paid }\n");
        _cli.Write("s.yaml", File.ReadAllText(Path.Combine(_cli.Folder, "s.yaml")) + "\n  - say: Clara.\n");
        _cli.Write("who.yaml", """
            name: who
            agents:
              helper: { instructions: You help., memory: { read: ["user:anna"], effort: medium, tools: false } }
            nodes:
              work: { agent: helper, prompt: Who bought the bike?, next: done }
              done: { end: succeeded, answer: "{{ work }}" }
            """);
        (await _cli.RunAsync("memory", "embed", "--scope", "user:anna", "--budget", "5")).ShouldBe(0, _cli.Errors);
        _cli.Seen.ShouldContain("with 'paid' for $");
        (await AskAsync("--effort", "medium")).ShouldBe(0, _cli.Errors);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("Found without vectors: one of 'paid' costs money. --budget USD says how much it may cost.");
        _cli.Seen.ShouldNotContain("topics        medium");
        (await AskAsync("--effort", "medium", "--budget", "5")).ShouldBe(0, _cli.Errors);
        _cli.Seen.ShouldContain("topics        medium: wished for");

        (await _cli.RunAsync("run", "who.yaml", "--budget", "5")).ShouldBe(0, _cli.Errors);
        (await _cli.RunAsync("trace", "last")).ShouldBe(0, _cli.Errors);

        _cli.Seen.ShouldContain("of it are compared");
        _cli.Seen.ShouldContain("paid makes vectors:");
        _cli.Seen.ShouldContain("topics: medium, wished for");
    }

    private Task<int> AskAsync(params string[] options) => _cli.RunAsync(["memory", "ask", Question, "--scope", "user:anna", .. options]);
}
