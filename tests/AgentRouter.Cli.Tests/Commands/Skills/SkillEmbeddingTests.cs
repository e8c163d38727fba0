using System.Globalization;
using System.Text.Json;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Models;
using AgentRouter.Onnx.Pulling;
using AgentRouter.Onnx.Tests.Support;
using AgentRouter.Pricing;

namespace AgentRouter.Cli.Tests.Commands.Skills;

/// <summary>Vectors of a model by its name in the configuration, from a provider that needs no network.</summary>
public sealed class SkillEmbeddingTests : IDisposable
{
    private readonly TestCli _cli = new();

    public SkillEmbeddingTests()
    {
        _cli.Write("agentrouter.yaml", Configuration);
        Write("fix-test", "Repairs a failing test.", "# Fix\n\nRead the assertion, follow the value.");
        Write("make-chart", "Draws charts from tables.", "# Chart\n\nRead the table, draw the bars.");
        _cli.Write("pool.jsonl", """
            {"id": "fix-test", "name": "fix-test", "description": "Repairs a failing test.", "body": "Read the assertion."}
            {"id": "make-chart", "name": "make-chart", "description": "Draws charts.", "body": "Read the table."}
            """);
        _cli.Write("tasks.jsonl", """
            {"query": "a failing test", "gold": ["fix-test"]}
            {"query": "charts of tables", "gold": ["make-chart"]}
            """);
    }

    private static string Configuration => """
        providers: { here: { kind: scripted, script: s.yaml } }
        embeddings:
          free: { provider: here, model: words }
          paid: { provider: here, model: dear, price: { input: 1000 } }
        """;

    public void Dispose() => _cli.Dispose();

    private async Task<(string Name, decimal Usd)[]> SpendAsync(string by) =>
        [.. (await LinesAsync("spend", "--by", by, "--json")).Select(row => (row.GetProperty("name").GetString()!, row.GetProperty("usd").GetDecimal()))];

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        _cli.Forget();
        (await _cli.RunAsync(arguments)).ShouldBe(0, _cli.Errors);
        return JsonDocument.Parse(_cli.Lines).RootElement;
    }

    private async Task<JsonElement[]> LinesAsync(params string[] arguments)
    {
        _cli.Forget();
        (await _cli.RunAsync(arguments)).ShouldBe(0, _cli.Errors);
        return [.. _cli.Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    [Fact]
    public async Task An_index_keeps_the_vectors_of_a_model_and_only_what_is_new_is_embedded()
    {
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "free")).ShouldBe(0);
        _cli.Seen.ShouldContain("vectors       64 numbers each, made by 'free'");
        _cli.Seen.ShouldContain("embedded      4 texts of");
        _cli.Errors.ShouldContain("4 texts of about");

        Write("paint", "Paints pictures.", "# Paint\n\nTake a brush.");
        (await _cli.RunAsync("skills", "index", "skills")).ShouldBe(0);
        _cli.Seen.ShouldContain("3: 1 new");
        _cli.Seen.ShouldContain("embedded      2 texts of");

        string seen = _cli.Seen;
        (await _cli.RunAsync("skills", "index", "skills")).ShouldBe(0);
        _cli.Seen[seen.Length..].ShouldNotContain("embedded");
    }

    [Fact]
    public async Task A_search_takes_the_vectors_that_the_index_has()
    {
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "free")).ShouldBe(0);

        foreach (string[] options in (string[][])[[], ["--embeddings", "free"], ["--embeddings", "free", "--in", "skills"]])
        {
            string seen = _cli.Seen;
            (await _cli.RunAsync(["skills", "search", "a failing test", "--explain", .. options])).ShouldBe(0);
            _cli.Seen[seen.Length..].ShouldContain("nearness");
        }
    }

    [Fact]
    public async Task A_search_says_when_it_goes_by_words_alone()
    {
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "free")).ShouldBe(0);
        _cli.Write("agentrouter.yaml", Configuration.Replace("model: words", "model: others", StringComparison.Ordinal));

        (await _cli.RunAsync("skills", "search", "a failing test", "--explain")).ShouldBe(0);
        _cli.Seen.ShouldNotContain("nearness");
        _cli.Errors.ShouldContain("Found by words alone: the index has vectors of 'here/words'");

        (await _cli.RunAsync("skills", "search", "a failing test", "--embeddings", "free")).ShouldBe(64);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("The index has no vectors of 'free', but of 'here/words'.");
        (await _cli.RunAsync("skills", "index", "skills")).ShouldBe(64);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("say --dense auto to go without them");
        string seen = _cli.Seen;
        (await _cli.RunAsync("skills", "index", "skills", "--dense", "auto")).ShouldBe(0);
        _cli.Seen[seen.Length..].ShouldNotContain("vectors");
    }

    [Fact]
    public async Task Nothing_is_spent_without_a_limit()
    {
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "paid")).ShouldBe(64);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("Say how much may be spent: --budget 0.");
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "paid", "--budget", "0.01")).ShouldBe(64);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("so nothing is sent.");

        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "paid", "--budget", "1", "--json")).ShouldBe(0);
        JsonElement embedded = JsonDocument.Parse(_cli.Lines).RootElement.GetProperty("embedded");
        embedded.GetProperty("texts").GetInt64().ShouldBe(4);
        embedded.GetProperty("spent").GetDecimal().ShouldBe(embedded.GetProperty("tokens").GetInt64() * 0.001m);

        (await _cli.RunAsync("skills", "search", "a failing test")).ShouldBe(0);
        _cli.Errors.ShouldContain("Found by words alone: a vector of 'paid' costs money.");
        (await _cli.RunAsync("skills", "search", "a failing test", "--budget", "1", "--explain")).ShouldBe(0);
        _cli.Seen.ShouldContain("nearness");
    }

    [Fact]
    public async Task What_vectors_cost_is_counted_and_drawn_from_the_account_and_nothing_is_recorded_of_the_rest()
    {
        _cli.Write("agentrouter.yaml", Configuration + "\naccounts: { anna: { usd: 10 }, poor: { usd: 0.01 } }\n");
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "paid", "--budget", "0.01", "--account", "anna")).ShouldBe(64);
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "paid", "--budget", "1", "--account", "poor")).ShouldBe(3);
        _cli.Errors.ShouldContain("'poor'");
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "paid", "--budget", "1", "--account", "ana")).ShouldBe(64);
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "free", "--account", "anna")).ShouldBe(64);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("--account has no effect without embeddings that cost money");
        (await SpendAsync("workflow")).ShouldBeEmpty();

        decimal indexed = (await JsonAsync("skills", "index", "skills", "--embeddings", "paid", "--budget", "1", "--account", "anna", "--json")).GetProperty("embedded").GetProperty("spent").GetDecimal();
        (await _cli.RunAsync("skills", "search", "a failing test", "--budget", "1", "--account", "anna")).ShouldBe(0, _cli.Errors);
        decimal measured = (await JsonAsync("embed", "eval", "--embeddings", "paid", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--budget", "1", "--account", "anna", "--json")).GetProperty("spent").GetDecimal();
        (await _cli.RunAsync("skills", "eval", "--embeddings", "paid", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--budget", "1", "--account", "anna")).ShouldBe(0, _cli.Errors);
        // nothing of it has to be embedded
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "paid", "--budget", "1", "--account", "anna")).ShouldBe(0, _cli.Errors);

        (string Name, decimal Usd)[] spent = await SpendAsync("workflow");
        spent.Select(each => each.Name).ShouldBe(["skills index", "skills search", "embed eval", "skills eval"], ignoreOrder: true);
        spent.Single(each => each.Name == "skills index").Usd.ShouldBe(indexed);
        spent.Single(each => each.Name == "embed eval").Usd.ShouldBe(measured);
        (await SpendAsync("model")).ShouldBe([("paid", spent.Sum(each => each.Usd))]);
        (await LinesAsync("accounts", "--json")).Single(row => row.GetProperty("name").GetString() == "anna").GetProperty("spentUsd").GetDecimal().ShouldBe(spent.Sum(each => each.Usd));
        _cli.Forget();
        (await _cli.RunAsync("runs", "list")).ShouldBe(0);
        _cli.Seen.Split("skills index").Length.ShouldBe(2, "once: nothing had to be embedded the second time");
    }

    [Fact]
    public async Task A_budget_is_for_all_pools_together()
    {
        string[] eval = ["skills", "eval", "--embeddings", "paid", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl"];
        (await _cli.RunAsync([.. eval, "--budget", "5"])).ShouldBe(0, _cli.Errors);
        decimal both = (await SpendAsync("workflow")).Single().Usd;

        (await _cli.RunAsync([.. eval, "--budget", (both / 2).ToString(CultureInfo.InvariantCulture)])).ShouldBe(64);

        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("so no");
        (await SpendAsync("workflow")).Single().Usd.ShouldBeLessThanOrEqualTo(both + (both / 2));
    }

    [Fact]
    public async Task What_was_paid_is_kept_when_the_work_breaks_off()
    {
        for (int i = 0; i < 40; i++)
            Write($"skill-{i:00}", "Does it.", "# How\n\nDo it.");
        using var stop = new CancellationTokenSource();
        _cli.TimeProvider = new StoppingClock(IndexFile + ".part", stop);

        (await _cli.RunAsync(stop.Token, "skills", "index", "skills", "--embeddings", "paid", "--budget", "100")).ShouldBe(4);
        File.Exists(IndexFile).ShouldBeFalse();
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("Stopped after 64 texts, $");
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("32 skills with their vectors are kept in data/skills.index.part: the same command goes on from there.");

        _cli.TimeProvider = TimeProvider.System;
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "paid", "--budget", "100")).ShouldBe(0, _cli.Errors);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("An earlier run broke off; what it embedded is in data/skills.index.part, 32 skills in all, and is not embedded again.");
        _cli.Seen.ShouldContain("42: 10 new, 0 changed, 32 not read again, 0 gone");
        _cli.Seen.ShouldContain("embedded      20 texts of");
        File.Exists(IndexFile + ".part").ShouldBeFalse();
    }

    [Fact]
    public async Task Vectors_that_go_are_counted_before_they_do()
    {
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "free")).ShouldBe(0);

        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "paid", "--budget", "1")).ShouldBe(0);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("The vectors of 2 skills that 'free' made are dropped");
        (await _cli.RunAsync("skills", "index", "skills", "--dense", "off")).ShouldBe(0);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("The vectors of 2 skills that 'paid' made are dropped");
    }

    [Fact]
    public async Task A_search_goes_by_words_alone_where_the_vector_costs_too_much_or_the_server_refuses()
    {
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "paid", "--budget", "1")).ShouldBe(0);
        foreach (string[] options in (string[][])[[], ["--embeddings", "paid"], ["--embeddings", "paid", "--in", "skills"]])
        {
            (await _cli.RunAsync(["skills", "search", "a failing test", "--budget", "0.0001", "--explain", .. options])).ShouldBe(0, _cli.Errors);
            _cli.Seen.ShouldContain("fix-test");
            _cli.Seen.ShouldNotContain("nearness");
        }

        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("Found by words alone: 1 text of about");

        await using FakeHub server = await FakeHub.StartAsync();
        server.Status = 400;
        _cli.Secrets["KEY"] = "key";
        _cli.Write("agentrouter.yaml", Configuration
            .Replace("kind: scripted, script: s.yaml", $"kind: openai, apiKey: KEY, baseUrl: \"{server.Url}\"", StringComparison.Ordinal)
            .Replace("model: words", "model: words, price: free", StringComparison.Ordinal));
        foreach (string[] options in (string[][])[["--budget", "1"], ["--embeddings", "free", "--in", "skills"]])
        {
            (await _cli.RunAsync(["skills", "search", "a failing test", "--explain", .. options])).ShouldBe(0, _cli.Errors);
            _cli.Seen.ShouldNotContain("nearness");
        }

        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Names_that_are_not_there_are_suggested()
    {
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "fre")).ShouldBe(64);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("There are no embeddings 'fre' in agentrouter.yaml. Did you mean 'free'?");
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "free", "--dense", "on")).ShouldBe(64);
        _cli.Write("agentrouter.yaml", "embeddings: { none: { onnx: models/none } }");
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "none")).ShouldBe(64);
        _cli.Errors.ReplaceLineEndings(" ").ShouldContain("There is no folder models/none, which embeddings 'none' in agentrouter.yaml name.");
    }

    [Fact]
    public async Task A_model_in_a_folder_works_without_a_provider()
    {
        using ModelTestFolder model = ModelTestFolder.Bert();
        _cli.Write("agentrouter.yaml", $"embeddings: {{ small: {{ onnx: \"{model.Path}\", device: cpu, taskPrefix: \"a \" }} }}");

        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "small")).ShouldBe(0, _cli.Errors);
        _cli.Seen.ShouldContain("vectors       3 numbers each, made by 'small'");
        (await _cli.RunAsync("skills", "search", "a failing test", "--explain")).ShouldBe(0, _cli.Errors);
        _cli.Seen.ShouldContain("nearness");
        (await _cli.RunAsync("embed", "eval", "--embeddings", "small", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl")).ShouldBe(0, _cli.Errors);
        _cli.Seen.ReplaceLineEndings(" ").ShouldContain("device cpu");
    }

    [Fact]
    public void Another_commit_of_a_pulled_model_makes_other_vectors()
    {
        var profile = new EmbeddingProfile { Name = "small", Onnx = Path.Combine(_cli.Folder, "models/small"), Prices = ModelPrices.Free };
        profile.WithRevision().VectorName.ShouldBe("onnx/small");

        var file = new LockedFile("model.onnx", 1, new string('0', 64));
        new ModelLock("owner/small", "main", new string('a', 40), [file]).Write(Path.Combine(profile.Onnx!, ModelLock.FileName));
        profile.WithRevision().VectorName.ShouldBe("onnx/small@aaaaaaaaaaaa");
    }

    [Fact]
    public async Task A_model_is_measured_beside_words()
    {
        (await _cli.RunAsync("skills", "eval", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--embeddings", "free", "--json")).ShouldBe(0);

        JsonElement[] steps = [.. JsonDocument.Parse(_cli.Lines).RootElement[0].GetProperty("figures").GetProperty("steps").EnumerateArray()];
        steps.Select(step => step.GetProperty("recipe").GetString()).ShouldBe(
            ["names", "+ bodies", "+ query weights", "+ three views", "+ list", "+ set", "free alone", "words + free"]);
        steps[^1].GetProperty("all").GetProperty("hit1").GetProperty("mean").GetDouble().ShouldBe(1);
        (await _cli.RunAsync("skills", "eval", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl", "--embeddings", "paid")).ShouldBe(64);
    }

    [Fact]
    public async Task The_vectors_alone_are_measured_beside_words_and_both()
    {
        (await _cli.RunAsync("embed", "eval", "--embeddings", "free", "--pool", "pool.jsonl", "--tasks", "tasks.jsonl")).ShouldBe(0);

        foreach (string row in (string[])["BM25", "words", "free alone", "words + free"])
            _cli.Seen.ShouldContain($"  {row}  ");
        _cli.Seen.ShouldContain("here/words, 64 numbers a vector, 64 texts together");
        _cli.Seen.ShouldContain("tokens a second");

        _cli.Write("tools.jsonl", "{\"id\": \"a\", \"name\": \"a\", \"description\": \"Draws charts.\"}\n{\"id\": \"b\", \"name\": \"b\", \"description\": \"Sends mail.\"}\n");
        _cli.Write("queries.jsonl", "{\"query\": \"send mail\", \"gold\": [\"b\"]}\n");
        (await _cli.RunAsync("embed", "eval", "--embeddings", "paid", "--budget", "1", "--pool", "tools.jsonl", "--tasks", "queries.jsonl", "--json")).ShouldBe(0);
        JsonElement report = JsonDocument.Parse(_cli.Lines).RootElement;
        report.GetProperty("spent").GetDecimal().ShouldBeGreaterThan(0);
        report.GetProperty("figures").GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("recipe").GetString()).ShouldBe(["BM25", "words", "paid alone"]);
    }

    [Fact]
    public async Task A_run_pays_for_the_vector_of_its_task_and_tells_of_it()
    {
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "paid", "--budget", "1", "--index", "lib.index")).ShouldBe(0);
        _cli.Write("script.yaml", "script: work\nreplies:\n  - say: repaired\n");
        _cli.Write("flow.yaml", """
            name: flow
            script: script.yaml
            budget: { usd: 1 }
            nodes:
              work: { agent: { name: fixer, instructions: Do it., skills: { topK: 1, embeddings: paid, from: lib.index } }, prompt: A failing test., next: done }
              done: { end: succeeded, answer: "{{ work }}" }
            """);

        (await _cli.RunAsync("validate", "flow.yaml")).ShouldBe(0);
        (await _cli.RunAsync("run", "flow.yaml")).ShouldBe(0, _cli.Errors);
        (await _cli.RunAsync("trace")).ShouldBe(0);
        _cli.Seen.ShouldContain("paid makes vectors: 4 tokens, booked $0.0040");
        (await _cli.RunAsync("spend", "--by", "model")).ShouldBe(0);
        _cli.Seen.ShouldContain("paid");
        (await _cli.RunAsync("replay")).ShouldBe(0, _cli.Errors);
    }

    [Fact]
    public async Task A_script_answers_without_the_vectors_of_a_provider()
    {
        (await _cli.RunAsync("skills", "index", "skills", "--embeddings", "free", "--index", "lib.index")).ShouldBe(0);
        _cli.Write("agentrouter.yaml", "providers: { far: { kind: openai, apiKey: KEY } }\nembeddings: { hosted: { provider: far, model: m, price: { input: 1 } } }");
        _cli.Write("script.yaml", "script: work\nreplies:\n  - say: repaired\n");
        _cli.Write("flow.yaml", """
            name: flow
            script: script.yaml
            nodes:
              work: { agent: { name: fixer, instructions: Do it., skills: { topK: 1, embeddings: hosted, from: lib.index } }, prompt: A failing test., next: done }
              done: { end: succeeded, answer: "{{ work }}" }
            """);

        (await _cli.RunAsync("run", "flow.yaml")).ShouldBe(0, _cli.Errors);
        (await _cli.RunAsync("trace")).ShouldBe(0);
        _cli.Seen.ReplaceLineEndings(" ").ShouldContain("Skills are found by words alone");
        _cli.Seen.ShouldContain("fix-test");
    }

    private string IndexFile => Path.Combine(_cli.Folder, "data", "skills.index");

    // a minute goes by between two looks at it, and the work is stopped when something is kept
    private sealed class StoppingClock(string kept, CancellationTokenSource stop) : TimeProvider
    {
        private long _now;

        public override long GetTimestamp()
        {
            if (File.Exists(kept))
                stop.Cancel();
            return _now += TimestampFrequency * 60;
        }
    }

    private void Write(string name, string description, string body) => _cli.Write($"skills/{name}/SKILL.md", $"---\nname: {name}\ndescription: {description}\n---\n{body}\n");
}
