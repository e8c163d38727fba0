using System.Text.Json;
using AgentRouter.Cli.Tests.Support;

namespace AgentRouter.Cli.Tests.Commands.Memory;

/// <summary>What asking and embedding cost: recorded beside the runs, counted, and drawn from accounts.</summary>
public sealed class MemoryMoneyTests : IAsyncLifetime
{
    private const string Configuration = """
        providers: { here: { kind: scripted, script: s.yaml } }
        models:
          small: { provider: here, modelId: small, tier: small, price: { input: 1, output: 1 }, contextWindow: 32000, maxOutputTokens: 4000 }
        embeddings:
          free: { provider: here, model: words }
          paid: { provider: here, model: dear, price: { input: 1000 }, batch: 2 }
        accounts: { anna: { usd: 10, per: day }, poor: { usd: 0.005 } }
        """;

    private TestCli _cli = null!;

    public async Task InitializeAsync()
    {
        _cli = await SampleMemory.MakeAsync(160);
        _cli.Write("agentrouter.yaml", Configuration);
        _cli.Write("s.yaml", """
            script: memory
            replies:
              - when: { agent: memory, messageContains: "You prepare a search" }
                say: '{ "names": ["Clara"], "periods": [], "phrases": ["sold"] }'
              - when: { agent: memory, messageContains: "You judge which notes" }
                say: '{ "scores": { "1": 9, "2": 1, "3": 1, "4": 1 } }'
              - when: { agent: memory, messageContains: "You sum up" }
                say: Anna sold her bike to Clara [1].
            """);
    }

    public Task DisposeAsync()
    {
        _cli.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_a_question_cost_is_counted_by_spend_and_its_run_is_listed()
    {
        (await AskAsync("--effort", "high", "--budget", "0.01", "--json")).ShouldBe(0, _cli.Errors);
        decimal spent = SpentUsd();

        spent.ShouldBeGreaterThan(0);
        (await SpendAsync("workflow")).ShouldBe([("memory ask", spent)]);
        (await SpendAsync("model")).ShouldBe([("small", spent)]);
        (await SpendAsync("agent")).ShouldBe([("memory", spent)]);
        (await _cli.RunAsync("runs", "list")).ShouldBe(0);
        _cli.Seen.ShouldContain("memory ask");
        (await _cli.RunAsync("trace")).ShouldBe(0, _cli.Errors);
        _cli.Seen.ShouldContain("scope = user:anna");
        _cli.Seen.ShouldContain("effort = high");
    }

    [Fact]
    public async Task What_vectors_cost_is_counted_by_spend_under_the_name_of_their_model()
    {
        (await EmbedAsync("paid", "--budget", "5", "--json")).ShouldBe(0, _cli.Errors);
        decimal spent = SpentUsd();

        spent.ShouldBeGreaterThan(0);
        (await SpendAsync("workflow")).ShouldBe([("memory embed", spent)]);
        (await SpendAsync("model")).ShouldBe([("paid", spent)]);
        (await _cli.RunAsync("trace")).ShouldBe(0, _cli.Errors);
        _cli.Seen.ShouldContain("memory embed");
        _cli.Seen.ShouldContain("embeddings = paid");
        _cli.Seen.ShouldContain("paid makes vectors");
        _cli.Seen.ShouldNotContain("policy");
    }

    [Fact]
    public async Task The_vector_of_a_question_is_counted_with_it()
    {
        (await EmbedAsync("paid", "--budget", "5")).ShouldBe(0, _cli.Errors);

        (await AskAsync("--effort", "medium", "--embeddings", "paid", "--budget", "5", "--json")).ShouldBe(0, _cli.Errors);
        decimal spent = SpentUsd();

        spent.ShouldBeGreaterThan(0);
        (await SpendAsync("workflow")).ShouldContain(("memory ask", spent));
        (await SpendAsync("model")).ShouldHaveSingleItem().Name.ShouldBe("paid");
    }

    [Fact]
    public async Task Both_draw_from_the_account_that_is_named()
    {
        (await AskAsync("--effort", "high", "--budget", "0.01", "--account", "anna", "--json")).ShouldBe(0, _cli.Errors);
        decimal spent = SpentUsd();
        (await EmbedAsync("paid", "--budget", "5", "--account", "anna", "--json")).ShouldBe(0, _cli.Errors);
        spent += SpentUsd();

        (await DrawnAsync("anna")).ShouldBe(spent);
    }

    [Fact]
    public async Task Without_a_name_the_account_of_the_configuration_is_drawn_from()
    {
        _cli.Write("agentrouter.yaml", Configuration + "\naccount: anna\n");

        (await AskAsync("--effort", "high", "--budget", "0.01", "--json")).ShouldBe(0, _cli.Errors);
        decimal spent = SpentUsd();

        spent.ShouldBeGreaterThan(0);
        (await DrawnAsync("anna")).ShouldBe(spent);
    }

    [Fact]
    public async Task An_account_with_too_little_left_refuses_before_anything_is_sent()
    {
        (await AskAsync("--effort", "high", "--budget", "0.01", "--account", "poor")).ShouldBe(3);
        (await EmbedAsync("paid", "--budget", "0.01", "--account", "poor")).ShouldBe(3);

        _cli.Errors.ShouldContain("poor");
        (await SpendAsync("workflow")).ShouldBeEmpty();
        (await DrawnAsync("poor")).ShouldBe(0);
        (await EmbedAsync("paid", "--budget", "5")).ShouldBe(0);
        _cli.Seen.ShouldContain("; 0 had a vector already.");
    }

    [Theory]
    [InlineData("paid")]
    [InlineData("free")]
    public async Task An_account_that_is_not_there_is_told_of(string embeddings)
    {
        (await AskAsync("--effort", "medium", "--embeddings", embeddings, "--budget", "0.01", "--account", "ana")).ShouldBe(64);
        (await EmbedAsync(embeddings, "--budget", "0.01", "--account", "ana")).ShouldBe(64);

        _cli.Errors.ShouldContain("There is no account 'ana'");
        Directory.Exists(_cli.RunsFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task Nothing_is_recorded_of_what_is_free()
    {
        _cli.Write("agentrouter.yaml", Configuration.Replace("price: { input: 1, output: 1 }", "price: free", StringComparison.Ordinal) + "\naccount: poor\n");

        (await EmbedAsync("free", "--budget", "1")).ShouldBe(0, _cli.Errors);
        (await AskAsync("--effort", "high", "--embeddings", "free")).ShouldBe(0, _cli.Errors);
        (await AskAsync("--effort", "low")).ShouldBe(0, _cli.Errors);

        _cli.Seen.ShouldContain("nothing spent");
        Directory.Exists(_cli.RunsFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_budget_that_is_used_up_leaves_words_to_answer_with_and_a_run_that_cost_nothing()
    {
        (await AskAsync("--effort", "high", "--budget", "0.00001")).ShouldBe(0, _cli.Errors);

        _cli.Seen.ShouldContain("planned high, but the budget is used up");
        _cli.Seen.ShouldContain("I sold my bike to Clara");
        (await SpendAsync("workflow")).ShouldBeEmpty();
        (await _cli.RunAsync("runs", "list", "--outcome", "succeeded")).ShouldBe(0);
        _cli.Seen.ShouldContain("memory ask");
    }

    [Fact]
    public async Task Vectors_that_the_budget_paid_for_are_counted_and_the_rest_is_left()
    {
        (await EmbedAsync("paid", "--budget", "0.3", "--json")).ShouldBe(3, _cli.Errors);
        JsonElement outcome = JsonDocument.Parse(_cli.Lines).RootElement;
        decimal spent = SpentUsd();

        outcome.GetProperty("embedded").GetInt64().ShouldBeGreaterThan(0);
        outcome.GetProperty("left").GetString()!.ShouldContain("The budget is used up");
        spent.ShouldBeInRange(0.001m, 0.3m);
        (await SpendAsync("workflow")).ShouldBe([("memory embed", spent)]);
        (await _cli.RunAsync("runs", "list", "--outcome", "budgetExceeded")).ShouldBe(0, _cli.Errors);
        _cli.Seen.ShouldContain("memory embed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_question_is_recorded_where_prompts_are(bool isTold)
    {
        _cli.Write("agentrouter.yaml", Configuration + $"\nrecordContent: {(isTold ? "true" : "false")}\n");
        string before = isTold ? "'Who bought the bike?'" : "QUESTION";
        (await AskAsync("--effort", "auto", "--budget", "0.01", "--json")).ShouldBe(0, _cli.Errors);

        (await _cli.RunAsync("trace")).ShouldBe(0, _cli.Errors);
        (await _cli.RunAsync("resume", "last")).ShouldBe(64);

        _cli.Seen.Contains("question = Who bought the bike?", StringComparison.Ordinal).ShouldBe(isTold);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain($"agentrouter memory ask {before} --scope user:anna --effort auto --budget 0.01");
    }

    [Fact]
    public async Task The_record_lies_where_it_is_told_to()
    {
        (await AskAsync("--effort", "high", "--budget", "0.01", "--runs", "mine")).ShouldBe(0, _cli.Errors);

        Directory.Exists(_cli.RunsFolder).ShouldBeFalse();
        (await _cli.RunAsync("runs", "list", "--store", "mine")).ShouldBe(0, _cli.Errors);
        _cli.Seen.ShouldContain("memory ask");
    }

    [Fact]
    public async Task What_is_wrong_with_the_memory_is_told_as_where_nothing_is_recorded()
    {
        (await _cli.RunAsync("memory", "embed", "--scope", "user:ana", "--embeddings", "paid", "--budget", "1")).ShouldBe(64);
        (await _cli.RunAsync("memory", "ask", "Who?", "--scope", "user:ana", "--effort", "high", "--budget", "1")).ShouldBe(64);

        _cli.Errors.ShouldContain("There is no memory of 'user:ana'");
        (await SpendAsync("workflow")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_is_told_before_anything_is_sent()
    {
        _cli.Write("file", "where a folder should be");

        (await AskAsync("--effort", "high", "--budget", "0.01", "--runs", "file")).ShouldBe(2);
        (await EmbedAsync("paid", "--budget", "5", "--runs", "file")).ShouldBe(2);

        _cli.Errors.ShouldContain("file");
        (await EmbedAsync("paid", "--budget", "5")).ShouldBe(0);
        _cli.Seen.ShouldContain("; 0 had a vector already.");
    }

    private Task<int> AskAsync(params string[] options) => RunAsync(["memory", "ask", "Who bought the bike?", "--scope", "user:anna", .. options]);

    private Task<int> EmbedAsync(string embeddings, params string[] options) => RunAsync(["memory", "embed", "--scope", "user:anna", "--embeddings", embeddings, .. options]);

    private Task<int> RunAsync(params string[] arguments)
    {
        _cli.Forget();
        return _cli.RunAsync(arguments);
    }

    private decimal SpentUsd() => JsonDocument.Parse(_cli.Lines).RootElement.GetProperty("spentUsd").GetDecimal();

    private async Task<(string? Name, decimal Usd)[]> SpendAsync(string by) =>
        [.. (await LinesAsync("spend", "--by", by, "--json")).Select(row => (row.GetProperty("name").GetString(), row.GetProperty("usd").GetDecimal()))];

    private async Task<decimal> DrawnAsync(string account) =>
        (await LinesAsync("accounts", "--json")).Single(row => row.GetProperty("name").GetString() == account).GetProperty("spentUsd").GetDecimal();

    private async Task<JsonElement[]> LinesAsync(params string[] arguments)
    {
        _cli.Forget();
        (await _cli.RunAsync(arguments)).ShouldBe(0, _cli.Errors);
        return [.. _cli.Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
