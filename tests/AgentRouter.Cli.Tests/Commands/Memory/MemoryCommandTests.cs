using System.IO.Compression;
using System.Text.Json;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Memory.Ingestion;
using Spectre.Console.Testing;

namespace AgentRouter.Cli.Tests.Commands.Memory;

public sealed class MemoryCommandTests
{
    [Fact]
    public async Task A_question_is_answered_for_programs()
    {
        using TestCli cli = await SampleMemory.MakeAsync();

        (await cli.RunAsync("memory", "ask", "Who bought the bike?", "--scope", "user:anna", "--json")).ShouldBe(0);

        JsonElement first = JsonDocument.Parse(cli.Lines).RootElement.GetProperty("items")[0];
        first.GetProperty("node").GetProperty("text").GetString().ShouldBe(SampleMemory.Chat.Items[2].Text);
        first.GetProperty("source").GetProperty("key").GetString().ShouldBe("chat/2026-05-08");
        first.GetProperty("path").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_question_for_which_nothing_fits_says_so()
    {
        using TestCli cli = await SampleMemory.MakeAsync();

        (await cli.RunAsync("memory", "ask", "a bike", "--scope", "user:anna", "--tokens", "1")).ShouldBe(0);

        cli.Seen.ShouldBe("4 pieces were found, but none fits in so few tokens. Allow more with --tokens.\n");
    }

    [Fact]
    public async Task A_question_whose_words_nobody_has_said_says_so()
    {
        using TestCli cli = await SampleMemory.MakeAsync();

        (await cli.RunAsync("memory", "ask", "quantum chromodynamics", "--scope", "user:anna")).ShouldBe(0);

        cli.Seen.ShouldStartWith("Nothing has the words of the question. Nearest in meaning, and perhaps no answer:");
        cli.Seen.ShouldContain("near in meaning; none of the question's words is in it");
        cli.Seen.ShouldNotContain("matched by its own words");
    }

    [Theory]
    [InlineData("--id", "#x", "--id is the number of a node, such as 30 or '#30', not '#x'.")]
    [InlineData("--id", "1,2b", "--id is the number of a node, such as 30 or '#30', not '2b'.")]
    public async Task A_node_to_be_forgotten_is_named_by_its_number(string option, string value, string message)
    {
        using TestCli cli = await SampleMemory.MakeAsync();

        (await cli.RunAsync("memory", "forget", option, value, "--scope", "user:anna", "--yes")).ShouldBe(64);

        cli.Errors.ShouldContain(message);
    }

    [Fact]
    public async Task An_import_says_what_stays_forgotten()
    {
        using var cli = new TestCli();
        cli.Write("chat.jsonl", """{"speaker": "Anna", "text": "The vault code is 9911."}""" + "\n" + """{"speaker": "Ben", "text": "Thanks!"}""" + "\n");
        (await cli.RunAsync("memory", "import", "chat.jsonl", "--scope", "user:anna")).ShouldBe(0);
        (await cli.RunAsync("memory", "forget", "--id", "2", "--scope", "user:anna", "--yes")).ShouldBe(0);

        (await cli.RunAsync("memory", "import", "chat.jsonl", "--scope", "user:anna")).ShouldBe(0);

        cli.Seen.ShouldContain("1 item, left out until the whole source is forgotten");
        cli.Seen.ShouldContain("nothing changed: user:anna remembers all else already");
    }

    [Fact]
    public async Task Several_nodes_are_forgotten_as_screens_show_them()
    {
        using TestCli cli = await SampleMemory.MakeAsync();

        (await cli.RunAsync("memory", "forget", "--id", "#2,#3", "--scope", "user:anna", "--yes")).ShouldBe(0);

        cli.Seen.ShouldContain("Erased ");
    }

    [Theory]
    [InlineData("user:ana", "There is no memory of 'user:ana' in memory. Did you mean 'user:anna'?")]
    [InlineData("project:anna", "There is no memory of 'project:anna' in memory. Did you mean 'user:anna'?")]
    [InlineData("anna", "--scope: 'anna' is not a memory scope: write user:NAME, agent:NAME, workflow:NAME or project:NAME.")]
    public async Task A_scope_that_is_not_there_is_told(string scope, string message)
    {
        using TestCli cli = await SampleMemory.MakeAsync(200);

        (await cli.RunAsync("memory", "ask", "anything", "--scope", scope)).ShouldBe(64);

        cli.Errors.ShouldContain(message);
    }

    [Fact]
    public async Task An_empty_store_says_how_to_fill_it()
    {
        using var cli = new TestCli(200);

        (await cli.RunAsync("memory", "ask", "anything", "--scope", "user:anna")).ShouldBe(64);
        cli.Errors.ShouldContain("Nothing is remembered in memory yet. 'agentrouter memory import PATH --scope user:anna' remembers documents and conversations");
        (await cli.RunAsync("memory", "stats")).ShouldBe(0);
        cli.Seen.ShouldContain("Nothing is remembered in memory.");
        Directory.Exists(Path.Combine(cli.Folder, "memory")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_node_is_found_by_number_key_and_name_and_a_misspelt_name_is_suggested()
    {
        using TestCli cli = await SampleMemory.MakeAsync(200);

        foreach (string name in new[] { "clara", "Clara's", "name:clara" })
        {
            (await cli.RunAsync("memory", "show", name, "--scope", "user:anna")).ShouldBe(0, cli.Errors);
            cli.Seen.ShouldContain("name:clara");
        }

        (await cli.RunAsync("memory", "show", "#1", "--scope", "user:anna")).ShouldBe(0);
        (await cli.RunAsync("memory", "show", "docs/kings.md", "--scope", "user:anna")).ShouldBe(0);
        (await cli.RunAsync("memory", "show", "Lothaire II", "--scope", "user:anna")).ShouldBe(64);
        cli.Errors.ShouldContain("'user:anna' remembers no number, key or name 'Lothaire II'. Did you mean 'Lothair II'?");
    }

    [Fact]
    public async Task The_folder_of_the_store_comes_from_the_configuration_or_the_command_line()
    {
        using TestCli cli = await SampleMemory.MakeAsync();
        Directory.Move(Path.Combine(cli.Folder, "memory"), Path.Combine(cli.Folder, "kept"));
        cli.Write("agentrouter.yaml", "memory: { folder: kept }\n");

        (await cli.RunAsync("memory", "stats", "--scope", "user:anna")).ShouldBe(0, cli.Errors);
        (await cli.RunAsync("memory", "stats", "--scope", "user:anna", "--store", "kept")).ShouldBe(0);
        (await cli.RunAsync("memory", "stats", "--scope", "user:anna", "--store", "elsewhere")).ShouldBe(64);
        cli.Write("agentrouter.yaml", "memory: { foldr: kept }\n");
        (await cli.RunAsync("memory", "stats")).ShouldBe(64);
        cli.Errors.ShouldContain("Did you mean 'folder'?");
    }

    [Fact]
    public async Task Nodes_that_nothing_links_have_no_path()
    {
        using TestCli cli = await SampleMemory.MakeAsync(200);

        (await cli.RunAsync("memory", "path", "Teutberga", "Clara", "--scope", "user:anna")).ShouldBe(0);

        cli.Seen.ShouldContain("No path leads from “Teutberga” (#");
    }

    [Fact]
    public async Task A_neighbourhood_is_drawn_as_Mermaid_and_DOT()
    {
        using TestCli cli = await SampleMemory.MakeAsync();

        (await cli.RunAsync("memory", "show", "Clara", "--scope", "user:anna", "--format", "mermaid")).ShouldBe(0);
        cli.Lines.ShouldContain("flowchart TD");
        cli.Lines.ShouldContain("-->|\"mentions\"|");
        cli.Forget();
        (await cli.RunAsync("memory", "show", "Clara", "--scope", "user:anna", "--format", "dot")).ShouldBe(0);
        cli.Lines.ShouldContain("digraph \"Clara\"");
        (await cli.RunAsync("memory", "show", "--scope", "user:anna", "--format", "dot")).ShouldBe(64);
    }

    [Fact]
    public async Task A_page_is_whole_and_what_is_remembered_stays_text_in_it()
    {
        var poison = new MemorySource { Key = "chat/poison", Items = [new MemoryItem { Speaker = "Clara\"><b>", Text = "<script>alert('Clara')</script> \u001b[31m & </text> ]]>" }] };
        using TestCli cli = await SampleMemory.MakeAsync(100, poison);

        (await cli.RunAsync("memory", "show", "Clara", "--scope", "user:anna", "--depth", "2", "--format", "html")).ShouldBe(0);
        string page = cli.Lines;
        cli.Forget();
        (await cli.RunAsync("memory", "show", "Clara", "--scope", "user:anna", "--depth", "2", "--format", "html")).ShouldBe(0);

        cli.Lines.ShouldBe(page);
        page.ShouldStartWith("<!doctype html>");
        page.ShouldEndWith("</html>\n");
        page.ShouldContain("&lt;script&gt;");
        page.ShouldNotContain("<script", Case.Insensitive);
        page.ShouldNotContain("<b>");
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
        page.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task What_is_forgotten_is_said_before_asked_and_said_after()
    {
        using TestCli cli = await SampleMemory.MakeAsync(200);
        cli.CanAsk = true;
        cli.Output.Interactive();
        cli.Output.Input.PushTextWithEnter("n");
        cli.Output.Input.PushTextWithEnter("y");

        (await cli.RunAsync("memory", "forget", "--source", "docs/kings.md", "--scope", "user:anna")).ShouldBe(4);
        cli.Seen.ShouldContain("To be erased from user:anna: 1 source, 3 episodes, and what stands on them alone.");
        cli.Seen.ShouldContain("Nothing was erased.");

        (await cli.RunAsync("memory", "forget", "--source", "docs/kings.md", "--scope", "user:anna")).ShouldBe(0);
        cli.Seen.ShouldContain("of them because they stood on the others alone. Nothing of their text is left in the store.");
        (await cli.RunAsync("memory", "show", "Lothair II", "--scope", "user:anna")).ShouldBe(64);
        string.Concat(Directory.EnumerateFiles(Path.Combine(cli.Folder, "memory"), "*", SearchOption.AllDirectories).Select(File.ReadAllText)).ShouldNotContain("Lothair");
    }

    [Fact]
    public async Task In_a_pipe_nothing_is_forgotten_without_yes()
    {
        using TestCli cli = await SampleMemory.MakeAsync(200);

        (await cli.RunAsync("memory", "forget", "--about", "Clara", "--scope", "user:anna")).ShouldBe(64);
        cli.Errors.ShouldContain("Nothing was erased: nobody is there to be asked. Say --yes to erase it.");
        (await cli.RunAsync("memory", "forget", "--about", "Clara", "--scope", "user:anna", "--yes")).ShouldBe(0);
        (await cli.RunAsync("memory", "ask", "Who bought the bike?", "--scope", "user:anna")).ShouldBe(0);
        cli.Seen.ShouldNotContain("sold my bike to Clara, so that I can pay for the physiotherapy.”");
    }

    [Fact]
    public async Task Numbers_and_whole_scopes_are_forgotten()
    {
        using TestCli cli = await SampleMemory.MakeAsync(200);

        (await cli.RunAsync("memory", "forget", "--id", "2", "3", "--scope", "user:anna", "--yes")).ShouldBe(0, cli.Errors);
        (await cli.RunAsync("memory", "forget", "--id", "2", "--scope", "user:anna", "--yes")).ShouldBe(64);
        (await cli.RunAsync("memory", "forget", "--all", "--scope", "user:anna", "--yes")).ShouldBe(0);
        cli.Seen.ShouldContain("Erased user:anna: nothing of it is left in the store.");
        (await cli.RunAsync("memory", "stats", "--scope", "user:anna")).ShouldBe(64);
        (await cli.RunAsync("memory", "forget", "--scope", "user:anna", "--all", "--id", "2")).ShouldBe(64);
        cli.Errors.ShouldContain("Say what to forget with one of --id, --source, --about and --all.");
    }

    [Fact]
    public async Task A_memory_is_exported()
    {
        using TestCli cli = await SampleMemory.MakeAsync(200);

        (await cli.RunAsync("memory", "export", "anna.jsonl.gz", "--scope", "user:anna")).ShouldBe(0, cli.Errors);

        using var packed = new GZipStream(File.OpenRead(Path.Combine(cli.Folder, "anna.jsonl.gz")), CompressionMode.Decompress);
        new StreamReader(packed).ReadToEnd().ShouldContain("Lake Constance");
        (await cli.RunAsync("memory", "export", "nowhere/anna.jsonl", "--scope", "user:anna")).ShouldBe(64);
    }
}
