using AgentRouter.Cli.Tests.Support;
using Snapshooter;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands.Memory;

public sealed class MemoryScreenTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task An_answer_with_its_evidence(int width) => Snapshot.Match(await SeenAsync(width, "memory", "ask", "Why did Anna sell her bike?", "--scope", "user:anna", "--top", "3", "--at", "2026-05-09"), SnapshotNameExtension.Create(width));

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task A_way_over_a_name(int width) => Snapshot.Match(await SeenAsync(width, "memory", "ask", "Who was the mother of Teutberga's husband?", "--scope", "user:anna", "--top", "3", "--at", "2026-05-09"), SnapshotNameExtension.Create(width));

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task A_memory_at_a_glance(int width) => Snapshot.Match(await SeenAsync(width, "memory", "show", "--scope", "user:anna"), SnapshotNameExtension.Create(width));

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task What_is_around_a_name(int width) => Snapshot.Match(await SeenAsync(width, "memory", "show", "Lake Constance", "--scope", "user:anna", "--depth", "2"), SnapshotNameExtension.Create(width));

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task A_path(int width) => Snapshot.Match(await SeenAsync(width, "memory", "path", "Ermengarde of Tours", "Teutberga", "--scope", "user:anna"), SnapshotNameExtension.Create(width));

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task The_counts_of_a_memory(int width) => Snapshot.Match(await SeenAsync(width, "memory", "stats", "--scope", "user:anna"), SnapshotNameExtension.Create(width));

    private static async Task<string> SeenAsync(int width, params string[] command)
    {
        using TestCli cli = await SampleMemory.MakeAsync(width);
        (await cli.RunAsync(command)).ShouldBe(0, cli.Errors);
        return Stable(cli.Seen);
    }

    // the size of an SQLite file is its own affair
    private static string Stable(string seen) => System.Text.RegularExpressions.Regex.Replace(seen, @"[\d.]+ [KM]iB", "SIZE");
}
