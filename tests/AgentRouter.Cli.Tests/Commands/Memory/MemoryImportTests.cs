using System.Text;
using System.Text.Json;
using AgentRouter.Cli.Tests.Support;

namespace AgentRouter.Cli.Tests.Commands.Memory;

public sealed class MemoryImportTests : IDisposable
{
    private const string Turns = """
        {"speaker":"Anna","text":"I sold my bike to Clara.","time":"2026-05-08T09:00Z"}
        {"speaker":"Ben","text":"To Clara Weber?","time":"2026-05-08T09:01Z"}

        """;

    private readonly TestCli _cli = new(200);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Documents_and_conversations_are_remembered_and_the_second_time_nothing_changes()
    {
        _cli.Write("docs/guide.md", "# Guide\n\nThe payments service runs on port 4711.\n");
        _cli.Write("docs/logo.png", "\u0089PNG");
        _cli.Write("docs/.git/notes.md", "# Hidden\n");
        _cli.Write("chat.jsonl", Turns);

        await ImportAsync("docs", "chat.jsonl");
        _cli.Seen.ShouldContain("sources       2: 2 new, 0 grown, 0 changed, 0 unchanged");
        _cli.Seen.ShouldContain("items         3 new, 0 changed, 0 gone, 0 unchanged");
        _cli.Seen.ShouldContain("more for user:anna");
        _cli.Seen.ShouldContain("left out      1");
        _cli.Errors.ShouldContain("docs/logo.png: neither a document nor a conversation by its name\n");
        _cli.Errors.ShouldNotContain("Hidden");
        await ImportAsync("docs", "chat.jsonl");
        _cli.Seen.ShouldContain("graph         nothing changed: user:anna remembers all of it already");

        (await _cli.RunAsync("memory", "ask", "Which port has the payments service?", "--scope", "user:anna")).ShouldBe(0);
        _cli.Seen.ShouldContain("docs/guide.md");
    }

    [Fact]
    public async Task A_conversation_grows_and_a_document_changes()
    {
        _cli.Write("chat.jsonl", Turns);
        _cli.Write("guide.md", "# Guide\n\nThe service runs on port 4711.\n");
        await ImportAsync("chat.jsonl", "guide.md");
        _cli.Write("chat.jsonl", Turns + "{\"speaker\":\"Anna\",\"text\":\"Yes.\"}\n");
        _cli.Write("guide.md", "# Guide\n\nThe service runs on port 4712.\n");

        await ImportAsync("chat.jsonl", "guide.md");

        _cli.Seen.ShouldContain("sources       2: 0 new, 1 grown, 1 changed, 0 unchanged");
        _cli.Seen.ShouldContain("items         1 new, 1 changed, 0 gone, 2 unchanged");
    }

    [Theory]
    [InlineData("""[{"role":"user","content":"I like tea."},{"role":"assistant","content":"Noted."}]""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":"I like tea."}]},{"role":"assistant","content":"Noted."}]}""")]
    public async Task Messages_in_JSON_are_a_conversation(string json)
    {
        _cli.Write("chat.json", json);

        await ImportAsync("chat.json");

        _cli.Seen.ShouldContain("items         2 new");
    }

    [Theory]
    [InlineData("chat.jsonl", "{\"speaker\":\"Anna\"}\n", "chat.jsonl:1: a turn needs a 'text'")]
    [InlineData("chat.json", "[1]", "chat.json: turn 1 is not an object but a number.")]
    [InlineData("chat.json", "{\n\"a\"", "chat.json:2: this is not JSON.")]
    [InlineData("chat.json", "\"a\"", "a conversation is a list of turns, or an object with 'messages', not a text.")]
    [InlineData("guide.md", "a\0b", "guide.md is no text")]
    public async Task A_file_that_is_named_and_wrong_is_an_error(string file, string text, string message)
    {
        _cli.Write(file, text);

        (await _cli.RunAsync("memory", "import", file, "--scope", "user:anna")).ShouldBe(64);

        _cli.Errors.ShouldContain(message);
    }

    [Fact]
    public async Task A_file_of_a_folder_that_is_wrong_is_left_out()
    {
        _cli.Write("notes/a.md", "# A\n\nTea is green.\n");
        _cli.Write("notes/b.json", "{}");

        await ImportAsync("notes");

        _cli.Seen.ShouldContain("sources       1: 1 new");
        _cli.Seen.ShouldContain("left out      1");
        _cli.Errors.ShouldContain("notes/b.json: JSON, but neither a list of turns nor an object with 'messages'\n");
    }

    [Fact]
    public async Task Damaged_files_are_named_and_counted_apart_and_all_others_are_imported()
    {
        _cli.Write("good.md", "# Good\n\nTea is green.\n");
        _cli.Write("notes/chat.jsonl", Turns);
        _cli.Write("notes/broken.jsonl", Turns + "{\"speaker\":\"Anna\"}\n");
        _cli.Write("notes/picture.pdf", "%PDF");
        Latin1("notes/latin1.md", "# Notes\n\nA caf\u00e9.\n");

        (await _cli.RunAsync("memory", "import", "notes/latin1.md", "good.md", "notes", "--scope", "user:anna")).ShouldBe(64);

        _cli.Errors.ShouldContain("Error: notes/latin1.md:3: this is not UTF-8 text. Save the file as UTF-8 and try again.\n");
        _cli.Errors.ShouldContain("Error: notes/broken.jsonl:3: a turn needs a 'text'");
        _cli.Errors.ShouldContain("notes/picture.pdf: neither a document nor a conversation by its name\n");
        _cli.Seen.ShouldContain("sources       2: 2 new");
        _cli.Seen.ShouldContain("left out      1\n");
        _cli.Seen.ShouldContain("damaged       2 files, not imported\n");
        (await _cli.RunAsync("memory", "show", "notes/broken.jsonl", "--scope", "user:anna")).ShouldBe(64);
    }

    [Fact]
    public async Task Programs_are_told_what_is_damaged_too()
    {
        _cli.Write("a.md", "# A\n\nTea.\n");
        Latin1("b.md", "caf\u00e9");

        (await _cli.RunAsync("memory", "import", "a.md", "b.md", "--scope", "user:anna", "--json")).ShouldBe(64);

        JsonElement report = JsonDocument.Parse(_cli.Lines).RootElement;
        report.GetProperty("sources").GetArrayLength().ShouldBe(1);
        report.GetProperty("isNewScope").GetBoolean().ShouldBeTrue();
        JsonElement damaged = report.GetProperty("damaged").EnumerateArray().ShouldHaveSingleItem();
        damaged.GetProperty("place").GetString().ShouldBe("b.md");
        damaged.GetProperty("reason").GetString()!.ShouldStartWith("b.md:1: this is not UTF-8 text.");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_damaged()
    {
        _cli.Write("a.md", "# A\n\nTea.\n");
        string held = _cli.Write("b.md", "# B\n");
        using FileStream hold = new(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        (await _cli.RunAsync("memory", "import", "a.md", "b.md", "--scope", "user:anna")).ShouldBe(64);

        _cli.Errors.ShouldContain("Error: b.md cannot be read: ");
        _cli.Seen.ShouldContain("sources       1: 1 new");
    }

    [Fact]
    public async Task Of_damaged_files_alone_no_memory_is_made()
    {
        Latin1("a.md", "caf\u00e9");
        _cli.Write("cut.backup", """{"format":"agentrouter-memory","version":1,"scope":"user:anna"}""");

        (await _cli.RunAsync("memory", "import", "a.md", "cut.backup", "--scope", "user:anna")).ShouldBe(64);

        _cli.Errors.ShouldContain("Error: cut.backup:1: the export is cut off");
        _cli.Seen.ShouldContain("graph         nothing was imported for user:anna\n");
        _cli.Seen.ShouldContain("damaged       2 files, not imported\n");
        Directory.Exists(Path.Combine(_cli.Folder, "memory")).ShouldBeFalse();
    }

    [Fact]
    public async Task It_is_said_where_the_memory_is_and_whether_the_scope_is_new()
    {
        _cli.Write("a.md", "# A\n\nTea.\n");
        string elsewhere = Directory.CreateTempSubdirectory("agentrouter-store-").FullName;

        await ImportAsync("a.md");
        _cli.Seen.ShouldContain("kept in       memory, where user:anna is new\n");
        await ImportAsync("a.md");
        _cli.Seen.ShouldContain("kept in       memory\n");
        await ImportAsync("a.md", "--store", elsewhere);

        _cli.Seen.ShouldContain($"kept in       {elsewhere}, where user:anna is new\n");
        Directory.Delete(elsewhere, recursive: true);
    }

    [Theory]
    [InlineData("anna.backup")]
    [InlineData("anna.txt")]
    [InlineData("anna")]
    public async Task An_export_is_known_whatever_its_name(string name)
    {
        _cli.Write("chat.jsonl", Turns);
        await ImportAsync("chat.jsonl");
        (await _cli.RunAsync("memory", "export", name, "--scope", "user:anna")).ShouldBe(0);

        (await _cli.RunAsync("memory", "import", name, "--scope", "project:shop", "--json")).ShouldBe(0, _cli.Errors);

        JsonDocument.Parse(_cli.Lines).RootElement.GetProperty("exports").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task The_newest_sources_are_those_with_the_newest_times_however_they_were_read()
    {
        for (int day = 1; day <= 12; day++)
            _cli.Write($"chats/2026-05-{day:00}.jsonl", $"{{\"speaker\":\"Anna\",\"text\":\"I went for a walk.\",\"time\":\"2026-05-{day:00}T09:00Z\"}}\n");
        _cli.Write("chats/notes.md", "# Notes\n\nWithout a time.\n");
        await ImportAsync("chats");

        (await _cli.RunAsync("memory", "show", "--scope", "user:anna", "--json")).ShouldBe(0);

        JsonDocument.Parse(_cli.Lines).RootElement.GetProperty("sources").EnumerateArray().Select(source => source.GetProperty("key").GetString())
            .ShouldBe(Enumerable.Range(3, 10).Reverse().Select(day => $"chats/2026-05-{day:00}.jsonl"));
    }

    [Fact]
    public async Task Nothing_to_import_is_an_error()
    {
        _cli.Write("pictures/a.png", "x");

        (await _cli.RunAsync("memory", "import", "pictures", "--scope", "user:anna")).ShouldBe(64);
        (await _cli.RunAsync("memory", "import", "nowhere", "--scope", "user:anna")).ShouldBe(64);

        _cli.Errors.ShouldContain("There is no file or folder nowhere. Check the path.");
        Directory.Exists(Path.Combine(_cli.Folder, "memory")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_export_is_taken_up_by_another_memory()
    {
        _cli.Write("chat.jsonl", Turns);
        await ImportAsync("chat.jsonl");
        (await _cli.RunAsync("memory", "export", "anna.jsonl.gz", "--scope", "user:anna")).ShouldBe(0);

        (await _cli.RunAsync("memory", "import", "anna.jsonl.gz", "--scope", "project:shop", "--json")).ShouldBe(0, _cli.Errors);

        JsonElement report = JsonDocument.Parse(_cli.Lines).RootElement;
        report.GetProperty("exports").GetInt32().ShouldBe(1);
        report.GetProperty("newNodes").GetInt32().ShouldBeGreaterThan(3);
        (await _cli.RunAsync("memory", "ask", "Who bought the bike?", "--scope", "project:shop")).ShouldBe(0);
        _cli.Seen.ShouldContain("I sold my bike to Clara.");
    }

    private void Latin1(string path, string text) => File.WriteAllText(_cli.Write(path, ""), text, Encoding.Latin1);

    private async Task ImportAsync(params string[] paths) => (await _cli.RunAsync(["memory", "import", .. paths, "--scope", "user:anna"])).ShouldBe(0, _cli.Errors);
}
