using AgentRouter.Configuration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using static AgentRouter.Memory.Tests.Storage.Sqlite.TestMemory;

namespace AgentRouter.Memory.Tests.Storage.Sqlite;

public sealed class ScopeTests : IAsyncDisposable
{
    private readonly TestMemory _memory = new();

    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    [Fact]
    public async Task Scopes_with_nasty_names_have_files_of_their_own_inside_the_folder()
    {
        string[] names =
        [
            "../../etc", "..", ".", "/etc/passwd", "C:\\x", "CON", "con", "Con", "con.txt", "nul", "anna", "Anna", "ANNA", "anna.", "anna..", "anna ", " anna", "anna/", "%61nna",
            "änna", "A\u0308nna", "İ", "😀", "anna-wal", "*?|<>\"", new string('x', 200), new string('x', 199) + "y", new string('ß', 200),
        ];
        MemoryScope[] scopes = [.. names.Select(name => new MemoryScope(MemoryScopeKind.User, name)), .. Enum.GetValues<MemoryScopeKind>().Skip(1).Select(kind => new MemoryScope(kind, "anna"))];
        foreach (MemoryScope scope in scopes)
            await (await _memory.OpenAsync(scope)).WriteAsync(Change(Episode("a", "only " + scope)));

        await using SqliteMemoryStore other = _memory.Other();
        foreach (MemoryScope scope in scopes)
        {
            IMemoryRecords records = (await other.OpenAsync(scope, create: false)).ShouldNotBeNull();
            (await records.ReadNodesAsync([1, 2])).ShouldHaveSingleItem().Text.ShouldBe("only " + scope);
        }

        string[] files = [.. _memory.Files.Where(file => file.EndsWith(".db", StringComparison.Ordinal))];
        files.Select(file => file.ToUpperInvariant()).Distinct().Count().ShouldBe(scopes.Length);
        files.ShouldAllBe(file => Path.GetFileName(file).Length < 120 && Path.GetFileName(file).IndexOf('.', StringComparison.Ordinal) == Path.GetFileName(file).Length - 3);
        (await other.ListAsync()).ShouldBe(scopes.OrderBy(scope => scope.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_scope_without_anything_is_not_listed_and_not_made_by_looking()
    {
        (await _memory.Store.OpenAsync(Anna, create: false)).ShouldBeNull();
        (await _memory.Store.ListAsync()).ShouldBeEmpty();
        _memory.Files.ShouldBeEmpty();
        (await _memory.Store.EraseAsync(Anna)).ShouldBeFalse();

        await _memory.OpenAsync();

        (await _memory.Store.ListAsync()).ShouldBeEmpty();
        (await _memory.Store.OpenAsync(Anna, create: false)).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_erased_scope_leaves_no_file_and_those_who_have_it_open_are_told()
    {
        IMemoryRecords here = await _memory.OpenAsync();
        await here.WriteAsync(Change(Episode("a", "tea")));
        await using SqliteMemoryStore other = _memory.Other();
        IMemoryRecords elsewhere = (await other.OpenAsync(Anna, create: false)).ShouldNotBeNull();
        await elsewhere.WriteAsync(Change(Episode("b", "jam")));

        (await _memory.Store.EraseAsync(Anna)).ShouldBeTrue();

        _memory.Files.ShouldBeEmpty();
        foreach (IMemoryRecords records in (IMemoryRecords[])[here, elsewhere])
        {
            (await Should.ThrowAsync<IOException>(() => records.ReadVersionAsync())).Message.ShouldContain("was erased");
            (await Should.ThrowAsync<IOException>(() => records.WriteAsync(Change(Concept("c"))))).Message.ShouldContain("was erased");
        }

        (await (await _memory.OpenAsync()).ReadVersionAsync()).ShouldBe(default);
    }

    [Fact]
    public async Task A_file_that_was_marked_as_erased_and_not_deleted_is_not_read()
    {
        await (await _memory.OpenAsync()).WriteAsync(Change(Episode("a", "tea")));
        await _memory.Store.DisposeAsync();
        Run("UPDATE scope SET erased = 1");
        await using SqliteMemoryStore other = _memory.Other();

        (await other.ListAsync()).ShouldBeEmpty();
        (await other.OpenAsync(Anna, create: false)).ShouldBeNull();
        (await (await other.OpenAsync(Anna, create: true))!.ReadVersionAsync()).ShouldBe(default);
    }

    [Fact]
    public async Task A_file_of_another_scope_is_refused()
    {
        await (await _memory.OpenAsync()).WriteAsync(Change(Episode("a", "tea")));
        var bob = MemoryScope.Parse("user:bob");
        await _memory.OpenAsync(bob);
        await _memory.Store.DisposeAsync();
        string[] files = [.. _memory.Files.Order(StringComparer.Ordinal)];
        File.Copy(files[0], files[1], overwrite: true);
        await using SqliteMemoryStore other = _memory.Other();

        InvalidDataException error = await Should.ThrowAsync<InvalidDataException>(() => other.OpenAsync(bob, create: true));

        error.Message.ShouldBe($"'{files[1]}' holds the memory of 'user:anna', not of 'user:bob'. Move it back to where it was.");
        await Should.ThrowAsync<InvalidDataException>(() => other.EraseAsync(bob));
        (await (await other.OpenAsync(Anna, create: false))!.FindPhraseAsync("tea", 1)).ShouldBe([1]);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_and_not_changed()
    {
        await _memory.OpenAsync();
        await _memory.Store.DisposeAsync();
        Run("PRAGMA user_version = 99");
        await using SqliteMemoryStore other = _memory.Other();

        ConfigurationException error = await Should.ThrowAsync<ConfigurationException>(() => other.OpenAsync(Anna, create: true));

        error.Message.ShouldContain("has version 99; this program knows version 3");
    }

    [Fact]
    public async Task A_file_of_the_first_version_is_brought_up_to_date()
    {
        MemoryWritten written = await (await _memory.OpenAsync()).WriteAsync(Change(Episode("a", "tea"), Episode("b", "jam")));
        await _memory.Store.DisposeAsync();
        Run("DROP TABLE marks; DROP TABLE forgotten; PRAGMA user_version = 1");
        await using SqliteMemoryStore other = _memory.Other();

        IMemoryRecords records = (await other.OpenAsync(Anna, create: false))!;

        (await records.FindPhraseAsync("tea", 1)).ShouldBe([1]);
        await records.WriteAsync(new MemoryChange { Marks = [new MemoryMark(new NodeKey(MemoryNodeKind.Episode, "a"), 1)] });
        (await records.ReadUnmarkedAsync(MemoryNodeKind.Episode, 1, 0)).Select(node => node.Id).ShouldBe([written.Ids[1]]);
    }

    [Theory]
    [InlineData("this is no database, but it is long enough to look like one if nobody reads its first bytes")]
    [InlineData("x")]
    public async Task A_file_that_is_no_memory_is_refused(string content)
    {
        await _memory.OpenAsync();
        await _memory.Store.DisposeAsync();
        await File.WriteAllTextAsync(_memory.Files.Single(), string.Concat(Enumerable.Repeat(content, 50)));
        await using SqliteMemoryStore other = _memory.Other();

        (await Should.ThrowAsync<InvalidDataException>(() => other.OpenAsync(Anna, create: true))).Message.ShouldContain("is not a memory");
        (await Should.ThrowAsync<InvalidDataException>(() => other.ListAsync())).Message.ShouldContain(_memory.Files.First());
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_not_changed()
    {
        await _memory.OpenAsync();
        await _memory.Store.DisposeAsync();
        Run("PRAGMA application_id = 7");
        await using SqliteMemoryStore other = _memory.Other();

        (await Should.ThrowAsync<InvalidDataException>(() => other.OpenAsync(Anna, create: true))).Message.ShouldContain("another program");
    }

    [Fact]
    public async Task A_damaged_file_is_said_to_be_damaged()
    {
        await (await _memory.OpenAsync()).WriteAsync(Change([.. Enumerable.Range(0, 3_000).Select(i => Episode("e" + i, "word" + i))]));
        await _memory.Store.DisposeAsync();
        string file = _memory.Files.Single();
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes.AsSpan(20 * 4096).Fill(0x5a);
        await File.WriteAllBytesAsync(file, bytes);
        await using SqliteMemoryStore other = _memory.Other();

        IMemoryRecords records = (await other.OpenAsync(Anna, create: false))!;
        InvalidDataException error = await Should.ThrowAsync<InvalidDataException>(async () => await records.ReadNewNodesAsync(default, await records.ReadVersionAsync()).ToListAsync());

        error.Message.ShouldContain($"'{file}' is damaged");
    }

    [Fact]
    public async Task In_a_folder_that_may_not_be_written_is_read_and_writing_says_why_not()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
            return;
        await (await _memory.OpenAsync()).WriteAsync(Change(Episode("a", "tea")));
        await _memory.Store.DisposeAsync();
        File.SetUnixFileMode(_memory.Files.Single(), UnixFileMode.UserRead);
        File.SetUnixFileMode(Path.GetDirectoryName(_memory.Files.Single())!, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using SqliteMemoryStore other = _memory.Other();

        IMemoryRecords records = (await other.OpenAsync(Anna, create: true))!;

        (await records.FindPhraseAsync("tea", 1)).ShouldBe([1]);
        (await other.ListAsync()).ShouldBe([Anna]);
        (await Should.ThrowAsync<IOException>(() => records.WriteAsync(Change(Concept("c"))))).Message.ShouldContain("read-only");
        (await Should.ThrowAsync<IOException>(() => other.OpenAsync(MemoryScope.Parse("user:new"), create: true))).Message.ShouldContain("cannot be opened or made");
    }

    [Fact]
    public async Task A_store_that_was_disposed_says_so()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        await _memory.Store.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => records.ReadVersionAsync());
        await Should.ThrowAsync<ObjectDisposedException>(() => records.WriteAsync(new MemoryChange()));
        await Should.ThrowAsync<ObjectDisposedException>(() => _memory.Store.OpenAsync(Anna, create: true));
        await Should.ThrowAsync<ObjectDisposedException>(() => _memory.Store.ListAsync());
    }

    [Fact]
    public void A_store_without_a_folder_is_refused() => Should.Throw<ArgumentException>(() => new SqliteMemoryStore(" "));

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_memory.Files.First()};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
