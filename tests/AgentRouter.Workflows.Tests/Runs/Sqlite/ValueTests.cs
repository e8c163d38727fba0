using System.Text;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using static AgentRouter.Workflows.Tests.Runs.Sqlite.StoreBench;

namespace AgentRouter.Workflows.Tests.Runs.Sqlite;

public sealed class ValueTests : IDisposable
{
    private readonly StoreBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task A_value_comes_back_as_it_went_in(int length)
    {
        byte[] value = Encoding.UTF8.GetBytes(new string('x', length));
        string hash = await RecordAsync(_bench.Store(), "run-1", value);
        (await _bench.Store().ReadValueAsync(hash)).ToArray().ShouldBe(value);
    }

    [Fact]
    public async Task What_cannot_be_made_smaller_is_kept_as_it_is()
    {
        byte[] value = new byte[50_000];
        new Random(7).NextBytes(value);
        string hash = await RecordAsync(_bench.Store(), "run-1", value);
        (await _bench.Store().ReadValueAsync(hash)).ToArray().ShouldBe(value);
    }

    [Fact]
    public async Task Equal_values_are_kept_once_so_the_file_grows_with_events_only()
    {
        SqliteRunStore store = _bench.Store();
        byte[] value = new byte[256 * 1024];
        new Random(7).NextBytes(value);
        await using IRunRecord record = await store.CreateAsync("run-1");
        for (int i = 1; i <= 100; i++)
            await record.AppendAsync([new RunRecordEntry(new RunWarning("w") { Sequence = i, Value = ValueHash.Of(value) }, value)]);

        store.Writer.Read(db => db.Number("SELECT count(*) FROM content")).ShouldBe(1);
        store.Writer.Read(db => db.Number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))!.Value.ShouldBeLessThan(400 * 1024);
    }

    [Fact]
    public async Task An_event_may_refer_to_a_value_that_is_there_but_not_to_one_that_is_not()
    {
        SqliteRunStore store = _bench.Store();
        string hash = await RecordAsync(store, "run-1", [1, 2, 3]);
        await using IRunRecord record = await store.CreateAsync("run-2");

        await record.AppendAsync([Entry(new RunWarning("again") { Sequence = 1, Value = hash })]);
        await Should.ThrowAsync<ArgumentException>(async () => await record.AppendAsync([Entry(new RunWarning("none") { Sequence = 2, Value = ValueHash.Of([9]) })]));
        await Should.ThrowAsync<ArgumentException>(async () => await record.AppendAsync([new RunRecordEntry(new RunWarning("other") { Sequence = 2, Value = ValueHash.Of([8]) }, new byte[] { 9 })]));
        await Should.ThrowAsync<ArgumentException>(async () => await record.AppendAsync([new RunRecordEntry(new RunWarning("unnamed") { Sequence = 2 }, new byte[] { 9 })]));
    }

    [Theory]
    [InlineData("UPDATE content SET data = x'00'")]
    [InlineData("UPDATE content SET size = 5")]
    [InlineData("UPDATE content SET size = 9223372036854775807")]
    [InlineData("UPDATE content SET packed = 0")]
    public async Task A_damaged_value_is_recognised(string damage)
    {
        SqliteRunStore store = _bench.Store();
        string hash = await RecordAsync(store, "run-1", new byte[10_000]);
        store.Writer.Write(db => db.Execute(damage));
        (await Should.ThrowAsync<InvalidDataException>(async () => await store.ReadValueAsync(hash))).Message.ShouldContain($"The value {hash} is damaged");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("zz0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task What_is_no_hash_is_refused(string hash)
    {
        SqliteRunStore store = _bench.Store();
        await RecordAsync(store, "run-1", [1]);
        (await Should.ThrowAsync<InvalidDataException>(async () => await store.ReadValueAsync(hash))).Message.ShouldContain("is not the hash");
        (await Should.ThrowAsync<InvalidDataException>(async () => await store.ReadValueAsync(ValueHash.Of([2])))).Message.ShouldContain("is not in the store");
    }

    private static async Task<string> RecordAsync(SqliteRunStore store, string runId, byte[] value)
    {
        string hash = ValueHash.Of(value);
        await using IRunRecord record = await store.CreateAsync(runId);
        await record.AppendAsync([new RunRecordEntry(new RunWarning("w") { Sequence = 1, Value = hash }, value)]);
        return hash;
    }
}
