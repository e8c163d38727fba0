using AgentRouter.Cli.Tests.Support;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using Snapshooter;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands;

public sealed class SpendTests : IAsyncLifetime, IDisposable
{
    private readonly TestCli _cli = new();

    public async Task InitializeAsync()
    {
        using var store = new SqliteRunStore(_cli.RunsFolder);
        await using IRunRecord record = await store.CreateAsync(SampleRun.RunId);
        await record.AppendAsync([.. SampleRun.Repaired().Events.Select(runEvent => new RunRecordEntry(runEvent))]);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("workflow")]
    [InlineData("agent")]
    [InlineData("model")]
    [InlineData("node")]
    [InlineData("day")]
    public async Task What_was_spent_is_summed_up(string by)
    {
        (await _cli.RunAsync("spend", "--by", by)).ShouldBe(0);
        Snapshot.Match(_cli.Seen, SnapshotNameExtension.Create(by));
    }

    [Fact]
    public async Task Programs_get_exact_amounts_a_line_each()
    {
        (await _cli.RunAsync("spend", "--by", "model", "--json")).ShouldBe(0);
        _cli.Lines.ShouldStartWith("{\"name\":\"scripted-large\",\"usd\":");
        _cli.Lines.TrimEnd('\n').Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public async Task Days_before_the_first_one_are_left_out()
    {
        (await _cli.RunAsync("spend", "--since", "2026-11-23")).ShouldBe(0);
        _cli.Seen.ShouldContain("Nothing was spent");
        (await _cli.RunAsync("spend", "--since", "yesterday")).ShouldBe(64);
        _cli.Errors.ShouldContain("--since takes a day, as in 2026-11-22");
    }
}
