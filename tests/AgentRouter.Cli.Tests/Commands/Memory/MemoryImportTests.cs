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
        _cli.Errors.ShouldContain("notes/b.json: ");
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

    private async Task ImportAsync(params string[] paths) => (await _cli.RunAsync(["memory", "import", .. paths, "--scope", "user:anna"])).ShouldBe(0, _cli.Errors);
}
