using System.Text.Json;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Events;

namespace AgentRouter.Cli.Tests.Commands;

/// <summary>init, and everything that can be done with what it writes.</summary>
public sealed class StarterProjectTests : IAsyncLifetime, IDisposable
{
    private const string Hello = "my/graphs/hello.yaml";
    private readonly TestCli _cli = new();

    public async Task InitializeAsync() => (await _cli.RunAsync("init", "my")).ShouldBe(0);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task It_runs_as_it_is()
    {
        (await _cli.RunAsync("run", Hello)).ShouldBe(0);
        _cli.Seen.ShouldContain("No provider is configured: the models are scripted (my/graphs/scripts/hello.yaml).");
        _cli.Seen.ShouldContain("✓ succeeded  hello");
        _cli.Seen.ShouldContain("step 1 after");
        _cli.Seen.ShouldContain("always large");
        _cli.Seen.ShouldContain("The worst case".ToLowerInvariant());
    }

    [Fact]
    public async Task Programs_get_one_event_a_line_and_a_summary()
    {
        (await _cli.RunAsync("run", Hello, "--json")).ShouldBe(0);
        (IReadOnlyList<RunEvent> events, JsonElement summary) = _cli.ReadLines();
        events[0].ShouldBeOfType<RunStarted>().Workflow.ShouldBe("hello");
        events.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, events.Count).Select(i => (long)i));
        RunEnded ended = events[^1].ShouldBeOfType<RunEnded>();
        summary.GetProperty("runId").GetString().ShouldBe("run-1");
        summary.GetProperty("outcome").GetString().ShouldBe("succeeded");
        summary.GetProperty("scripted").GetBoolean().ShouldBeTrue();
        summary.GetProperty("policy").GetString().ShouldBe("boundary");
        summary.GetProperty("budgetUsd").GetDecimal().ShouldBe(0.05m);
        summary.GetProperty("calls").GetInt64().ShouldBe(4);
        decimal spent = summary.GetProperty("spentUsd").GetDecimal();
        spent.ShouldBe(ended.Budget.Spent.Usd.ToUsd());
        summary.GetProperty("byModel").EnumerateObject().Sum(model => model.Value.GetProperty("usd").GetDecimal()).ShouldBe(spent);
        summary.GetProperty("alwaysLargeUsd").GetDecimal().ShouldBeGreaterThan(spent);
        _cli.Errors.ShouldContain("scripted");
        _cli.Errors.ShouldNotContain("Steps");
    }

    [Fact]
    public async Task Redirected_output_is_for_programs_and_people_read_standard_error()
    {
        _cli.IsRedirected = true;
        (await _cli.RunAsync("run", Hello)).ShouldBe(0);
        _cli.ReadLines().Summary.GetProperty("outcome").GetString().ShouldBe("succeeded");
        _cli.Errors.ShouldContain("✓ succeeded  hello");
    }

    [Fact]
    public async Task The_policies_differ_in_outcome_and_cost()
    {
        (await _cli.RunAsync("run", Hello, "--policy", "always-small", "--json")).ShouldBe(2);
        _cli.ReadLines().Summary.GetProperty("outcome").GetString().ShouldBe("failed");
        using var other = new TestCli();
        (await other.RunAsync("init", "my")).ShouldBe(0);
        (await other.RunAsync("run", Hello, "--policy", "always-large", "--json")).ShouldBe(0);
        JsonElement large = other.ReadLines().Summary;
        large.GetProperty("spentUsd").GetDecimal().ShouldBe(large.GetProperty("alwaysLargeUsd").GetDecimal());
    }

    [Fact]
    public async Task A_small_budget_ends_it_in_order()
    {
        (await _cli.RunAsync("run", Hello, "--budget", "0.00005", "--json")).ShouldBe(3);
        JsonElement summary = _cli.ReadLines().Summary;
        summary.GetProperty("outcome").GetString().ShouldBe("budgetExceeded");
        summary.GetProperty("spentUsd").GetDecimal().ShouldBeInRange(0, 0.00005m);
    }

    [Fact]
    public async Task An_input_reaches_the_run()
    {
        (await _cli.RunAsync("run", Hello, "--json", "-i", "topic=cats [and] \"dogs\"")).ShouldBe(0);
        _cli.ReadLines().Events.OfType<RunStarted>().Single().Inputs["topic"].ShouldBe("cats [and] \"dogs\"");
    }

    [Fact]
    public async Task A_run_that_is_cancelled_before_it_begins_is_not_begun()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        (await _cli.RunAsync(cancelled.Token, "run", Hello)).ShouldBe(4);
        _cli.Errors.ShouldContain("Cancelled: ");
        Directory.Exists(_cli.RunsFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task What_ran_is_listed_and_can_be_traced()
    {
        (await _cli.RunAsync("run", Hello, "--json")).ShouldBe(0);
        string events = _cli.Lines;
        (await _cli.RunAsync("runs")).ShouldBe(0);
        _cli.Seen.ShouldContain("✓ succeeded");
        (await _cli.RunAsync("trace", "last")).ShouldBe(0);
        _cli.Seen.ShouldContain("writer asks scripted-large (large)");
        _cli.Seen.ShouldContain("because visits('write') < 3");
        (await _cli.RunAsync("trace", "run-1", "--json")).ShouldBe(0);
        string traced = _cli.Lines[events.Length..];
        events.ShouldStartWith(traced);
        (await _cli.RunAsync("trace", "run-7")).ShouldBe(64);
        _cli.Errors.ShouldContain("There is no run 'run-7'");
        _cli.Errors.ShouldContain("Did you mean 'run-1'?");
    }

    [Fact]
    public async Task It_is_valid_and_can_be_drawn()
    {
        (await _cli.RunAsync("validate", Hello, "my/agents/writer.yaml", "my/agents/editor.yaml", "my/agentrouter.yaml.example")).ShouldBe(0);
        _cli.Seen.ShouldNotContain("warning");
        (await _cli.RunAsync("graph", Hello)).ShouldBe(0);
        _cli.Lines.ShouldContain("flowchart TD");
        _cli.Lines.ShouldContain("""n2 -->|"read.approved == true"| n3""");
        (await _cli.RunAsync("graph", Hello, "--system")).ShouldBe(0);
        _cli.Lines.ShouldContain("hands over to");
        (await _cli.RunAsync("graph", Hello, "--format", "dot")).ShouldBe(0);
        _cli.Lines.ShouldContain("""  "read" -> "write" [label="visits('write') #lt; 3"];""".Replace("#lt;", "<", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_is_not_empty_is_left_alone()
    {
        File.Delete(Path.Combine(_cli.Folder, "my", "README.md"));
        (await _cli.RunAsync("init", "my")).ShouldBe(64);
        _cli.Errors.ShouldContain("is not empty");
        File.Exists(Path.Combine(_cli.Folder, "my", "README.md")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_configured_provider_without_its_key_is_told_by_the_name_of_the_key()
    {
        File.Move(Path.Combine(_cli.Folder, "my", "agentrouter.yaml.example"), Path.Combine(_cli.Folder, "my", "agentrouter.yaml"));
        (await _cli.RunAsync("run", Hello)).ShouldBe(64);
        _cli.Errors.ShouldContain("OPENAI_API_KEY");
        (await _cli.RunAsync("run", Hello, "--offline")).ShouldBe(0);
        _cli.Seen.ShouldContain("Offline: the models are scripted");
    }

    [Fact]
    public async Task The_folder_of_the_records_can_be_configured()
    {
        _cli.Write("agentrouter.yaml", "runs: records\n");
        (await _cli.RunAsync("run", Hello, "--json")).ShouldBe(0);
        File.Exists(Path.Combine(_cli.Folder, "records", "runs.db")).ShouldBeTrue();
        (await _cli.RunAsync("trace", "last")).ShouldBe(0);
        _cli.Seen.ShouldContain("writer asks");
    }

    [Fact]
    public async Task Records_that_cannot_be_written_are_told_and_nothing_is_spent()
    {
        _cli.Write("taken", "a file");
        (await _cli.RunAsync("run", Hello, "--runs", "taken")).ShouldBe(2);
        (_cli.Errors + _cli.Seen).ShouldContain("taken");
        (_cli.Errors + _cli.Seen).ShouldNotContain("   at ");
    }
}
