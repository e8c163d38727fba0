using AgentRouter.Budgets;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Runs.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands;

/// <summary>Runs that draw from accounts of agentrouter.yaml.</summary>
public sealed class AccountsTests : IDisposable
{
    private static readonly SpendingAccount Anna = new("anna", SpendingPeriod.Day, Money.FromUsd(5));

    private readonly TestCli _cli = new();

    public AccountsTests()
    {
        _cli.TimeProvider = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 15, 30, 0, TimeSpan.Zero));
        _cli.Write("agentrouter.yaml", """
            accounts:
              anna: { usd: 5, per: day }
              team: { usd: 100, per: month }
              once: { usd: 0.5 }
            account: anna
            """);
        _cli.Write("ask.yaml", """
            name: ask
            script: script.yaml
            inputs: { workspace: { type: directory, default: files } }
            nodes:
              write: { agent: { name: writer, instructions: Write. }, prompt: Write., next: ask }
              ask: { human: "Publish it?", next: polish }
              polish: { agent: { name: editor, instructions: Edit. }, prompt: Edit., next: done }
              done: { end: succeeded }
            """);
        _cli.Write("script.yaml", "script: ask\nreplies: [ { say: done } ]\n");
        _cli.Write("files/note.txt", "a note");
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_accounts_are_shown_with_what_is_left()
    {
        await HoldAsync(1.25m);
        await SpendAsync(2);
        (await _cli.RunAsync("accounts")).ShouldBe(0);
        Snapshot.Match(_cli.Seen);
    }

    [Fact]
    public async Task Programs_get_an_account_a_line()
    {
        await SpendAsync(2);
        (await _cli.RunAsync("accounts", "--json")).ShouldBe(0);
        string[] lines = _cli.Lines.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(3);
        lines[0].ShouldBe("""{"name":"anna","limitUsd":5,"per":"day","spentUsd":2,"heldUsd":0,"leftUsd":3,"renewsAt":"2026-11-23T00:00:00+00:00"}""");
        lines[2].ShouldBe("""{"name":"once","limitUsd":0.5,"per":null,"spentUsd":0,"heldUsd":0,"leftUsd":0.5,"renewsAt":null}""");
    }

    [Fact]
    public async Task Looking_at_accounts_makes_no_store()
    {
        (await _cli.RunAsync("accounts")).ShouldBe(0);
        Directory.Exists(_cli.RunsFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_accounts_the_command_says_how_to_add_one()
    {
        _cli.Write("agentrouter.yaml", "tiers: [small]");
        (await _cli.RunAsync("accounts")).ShouldBe(0);
        _cli.Seen.ShouldContain("There are no accounts in FOLDER/agentrouter.yaml.");
        File.Delete(Path.Combine(_cli.Folder, "agentrouter.yaml"));
        (await _cli.RunAsync("accounts")).ShouldBe(64);
        _cli.Errors.ShouldContain("There is no agentrouter.yaml here or above");
    }

    [Fact]
    public async Task A_run_draws_from_the_account_of_the_configuration_and_goes_on_with_the_same()
    {
        (await _cli.RunAsync("run", "ask.yaml", "--budget", "2", "--json")).ShouldBe(5);
        Money first = await SpentAsync();
        first.ShouldBeGreaterThan(Money.Zero);
        _cli.Forget();

        (await _cli.RunAsync("answer", "--choice", "fine", "--json")).ShouldBe(0);

        Money total = Money.FromUsd(_cli.ReadLines().Summary.GetProperty("spentUsd").GetDecimal());
        (await SpentAsync()).ShouldBe(total);
        total.ShouldBeGreaterThan(first);
        (await _cli.RunAsync("trace")).ShouldBe(0);
        _cli.Seen.ShouldContain("account anna");
    }

    [Fact]
    public async Task A_fork_draws_for_itself_and_does_not_pay_what_it_shares()
    {
        await _cli.RunAsync("run", "ask.yaml", "--budget", "2", "--json");
        await _cli.RunAsync("answer", "--choice", "fine", "--json");
        Money before = await SpentAsync();
        _cli.Forget();

        (await _cli.RunAsync("fork", "run-1", "--at", "9", "--no-resume")).ShouldBe(0, _cli.Errors);
        (await _cli.RunAsync("resume", "run-2", "--json")).ShouldBe(5);

        (await SpentAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_run_that_may_cost_more_than_is_left_is_refused_and_leaves_nothing()
    {
        await HoldAsync(0.5m);
        await SpendAsync(4.25m);

        (await _cli.RunAsync("run", "ask.yaml", "--budget", "0.30")).ShouldBe(3);

        string.Join(' ', _cli.Errors.Split('\n', StringSplitOptions.TrimEntries)).ShouldContain(
            "The account 'anna' has $0.25 left of $5.00 a day, and the run 'run-1' may cost $0.30. $4.25 is spent, $0.50 is held for runs that go on. "
            + "It begins anew at 2026-11-23 00:00 UTC. Give the run $0.25 or less, wait, or raise the account's limit. With 'run': --budget 0.25.");
        Directory.GetDirectories(_cli.RunsFolder).ShouldBeEmpty();
        (await _cli.RunAsync("runs")).ShouldBe(0);
        _cli.Seen.ShouldContain("No run is recorded");
        (await _cli.RunAsync("run", "ask.yaml", "--budget", "0.25", "--json")).ShouldBe(5);
    }

    [Fact]
    public async Task A_run_without_a_limit_takes_what_is_left_and_says_so()
    {
        (await _cli.RunAsync("run", "ask.yaml", "--account", "once", "--json")).ShouldBe(5);
        _cli.ReadLines().Summary.GetProperty("budgetUsd").GetDecimal().ShouldBe(0.5m);
        _cli.Lines.Split('\n')[1].ShouldContain("it may spend what the account 'once' has left, $0.5");
        (await SpentAsync()).ShouldBe(Money.Zero, "another account pays");
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_told_before_anything_happens()
    {
        (await _cli.RunAsync("run", "ask.yaml", "--account", "ana")).ShouldBe(64);
        _cli.Errors.ShouldContain("There is no account 'ana' in FOLDER/agentrouter.yaml. Did you mean\n'anna'?");
        (await _cli.RunAsync("run", "ask.yaml", "--json")).ShouldBe(5);
        _cli.Write("agentrouter.yaml", "tiers: [small]");
        (await _cli.RunAsync("answer", "--choice", "fine")).ShouldBe(64);
        _cli.Errors.ShouldContain("There is no account 'anna'");
        Directory.Exists(Path.Combine(_cli.RunsFolder, "run-1")).ShouldBeTrue();
    }

    private async Task HoldAsync(decimal usd)
    {
        using var store = new SqliteRunStore(new SqliteRunStoreOptions { Folder = _cli.RunsFolder, TimeProvider = _cli.TimeProvider });
        (await store.Accounts.TryGrantAsync(Anna, Money.FromUsd(usd), "other")).ShouldNotBeNull();
    }

    private async Task SpendAsync(decimal usd)
    {
        using var store = new SqliteRunStore(new SqliteRunStoreOptions { Folder = _cli.RunsFolder, TimeProvider = _cli.TimeProvider });
        await store.Accounts.SettleAsync((await store.Accounts.TryGrantAsync(Anna, Money.FromUsd(usd), "past")).ShouldNotBeNull(), Money.FromUsd(usd));
    }

    private async Task<Money> SpentAsync()
    {
        using var store = new SqliteRunStore(new SqliteRunStoreOptions { Folder = _cli.RunsFolder, TimeProvider = _cli.TimeProvider });
        var balance = await store.Accounts.BalanceAsync(Anna);
        balance.Held.ShouldBe(Money.Zero);
        return balance.Spent;
    }
}
