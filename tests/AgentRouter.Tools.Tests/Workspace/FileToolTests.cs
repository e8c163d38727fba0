using System.Text;
using System.Text.Json;
using AgentRouter.Tools.Tests.Support;

namespace AgentRouter.Tools.Tests.Workspace;

public sealed class FileToolTests
{
    [Fact]
    public async Task Read_returns_the_text_as_it_is()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        workspace.Folder.Write("a.txt", "one\r\n\ttwo \"quoted\"\n");
        (await workspace.CallTextAsync("read", new { path = "a.txt" })).ShouldBe("one\n\ttwo \"quoted\"\n");
    }

    [Fact]
    public async Task Read_returns_a_range_with_numbers()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        workspace.Folder.Write("a.txt", "one\ntwo\nthree\nfour\n");
        (await workspace.CallTextAsync("read", new { path = "a.txt", startLine = 2, endLine = 3, lineNumbers = true })).ShouldBe("    2  two\n    3  three\n");
        (await workspace.CallTextAsync("read", new { path = "a.txt", startLine = 4, endLine = 100 })).ShouldBe("four\n");
        (await workspace.RefusalAsync("read", new { path = "a.txt", startLine = 5 })).ShouldBe("'a.txt' has 4 lines: there is no line 5.");
        (await workspace.RefusalAsync("read", new { path = "a.txt", startLine = 0 })).ShouldContain("1 or more");
        (await workspace.RefusalAsync("read", new { path = "a.txt", startLine = 3, endLine = 2 })).ShouldContain("before startLine");
    }

    [Fact]
    public async Task Read_tells_how_to_go_on_when_a_file_is_long()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync(options => options.OutputCharacters = 200);
        workspace.Folder.Write("a.txt", string.Join('\n', Enumerable.Range(1, 100).Select(line => $"line number {line}")));
        string first = await workspace.CallTextAsync("read", new { path = "a.txt" });
        first.ShouldEndWith("… lines 15 to 100 left out: read on with startLine 15 …\n");
        (await workspace.CallTextAsync("read", new { path = "a.txt", startLine = 15 })).ShouldStartWith("line number 15\n");

        workspace.Folder.Write("b.txt", new string('x', 1000) + "\nrest");
        (await workspace.CallTextAsync("read", new { path = "b.txt" })).ShouldContain("… 800 characters left out …");
    }

    [Fact]
    public async Task Read_refuses_what_is_not_a_text_file()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync(options => options.FileBytes = 1000);
        await File.WriteAllBytesAsync(workspace.Folder["a.dll"], [1, 0, 2]);
        await File.WriteAllBytesAsync(workspace.Folder["latin.txt"], [0x66, 0xFC, 0x72]);
        workspace.Folder.Write("huge.txt", new string('x', 1001));
        (await workspace.RefusalAsync("read", new { path = "a.dll" })).ShouldBe("'a.dll' is a binary file, not text.");
        (await workspace.RefusalAsync("read", new { path = "latin.txt" })).ShouldContain("binary");
        (await workspace.RefusalAsync("read", new { path = "huge.txt" })).ShouldBe("'huge.txt' is too large: 1,001 bytes, and 1,000 are the most.");
        (await workspace.RefusalAsync("read", new { path = "missing.txt" })).ShouldContain("is not there");
        (await workspace.RefusalAsync("read", new { path = "missing/a.txt" })).ShouldContain("is not there");
        (await workspace.RefusalAsync("read", new { path = "." })).ShouldContain("is a folder");
        (await workspace.RefusalAsync("read", new { path = "huge.txt/below" })).ShouldContain("huge.txt/below");
    }

    [Fact]
    public async Task Write_makes_folders_and_replaces_files()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        JsonElement made = await workspace.CallJsonAsync("write", new { path = "src/deep/a.txt", content = "one\ntwo" });
        made.GetRawText().ShouldBe("""{"path":"src/deep/a.txt","created":true,"lines":2}""");
        JsonElement replaced = await workspace.CallJsonAsync("write", new { path = "src/deep/a.txt", content = "" });
        replaced.GetRawText().ShouldBe("""{"path":"src/deep/a.txt","created":false,"lines":0}""");
        workspace.Folder.Read("src/deep/a.txt").ShouldBe("");
        Directory.GetFileSystemEntries(workspace.Folder["src/deep"]).Length.ShouldBe(1, "no temporary file is left");
    }

    [Fact]
    public async Task Write_keeps_line_ends_marks_and_rights_of_the_file()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        string file = workspace.Folder["a.sh"];
        await File.WriteAllTextAsync(file, "one\r\ntwo\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await workspace.CallAsync("write", new { path = "a.sh", content = "three\nfour\n" });
        (await File.ReadAllBytesAsync(file)).ShouldBe([0xEF, 0xBB, 0xBF, .. "three\r\nfour\r\n"u8]);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData("../a.txt")]
    [InlineData("/etc/a.txt")]
    [InlineData(".git/hooks/post-commit")]
    [InlineData("sub/.GIT/config")]
    [InlineData(".")]
    [InlineData("file.txt/a.txt")]
    public async Task Write_refuses_what_is_not_its_to_write(string path)
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        workspace.Folder.Write("file.txt", "mine");
        (await workspace.RefusalAsync("write", new { path, content = "x" })).ShouldContain("'" + path);
        Directory.GetFileSystemEntries(workspace.Folder.Path, "*", SearchOption.AllDirectories).ShouldBe([workspace.Folder["file.txt"]]);
    }

    [Fact]
    public async Task Write_refuses_a_text_that_is_too_large()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync(options => options.FileBytes = 100);
        workspace.Folder.Write("a.txt", "old");
        (await workspace.RefusalAsync("write", new { path = "a.txt", content = new string('x', 101) })).ShouldContain("too large");
        workspace.Folder.Read("a.txt").ShouldBe("old");
    }

    [TinyDiskFact]
    public async Task A_full_disk_leaves_the_old_file_whole()
    {
        using var disk = new TinyDisk();
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync(root: disk.Path);
        await workspace.CallAsync("write", new { path = "a.txt", content = "old" });
        string refusal = await workspace.RefusalAsync("write", new { path = "a.txt", content = new string('x', 1_000_000) });
        refusal.ShouldBe("There is no space left on the disk: 'a.txt' was left as it was.");
        File.ReadAllText(Path.Combine(disk.Path, "a.txt")).ShouldBe("old");
        Directory.GetFileSystemEntries(disk.Path).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Edit_replaces_the_one_place()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        workspace.Folder.Write("a.cs", "int a = 1;\nint b = 1;\n");
        JsonElement result = await workspace.CallJsonAsync("edit", new { path = "a.cs", oldText = "b = 1", newText = "b = 2" });
        result.GetRawText().ShouldBe("""{"path":"a.cs","line":2}""");
        workspace.Folder.Read("a.cs").ShouldBe("int a = 1;\nint b = 2;\n");
    }

    [Fact]
    public async Task Edit_refuses_an_ambiguous_text_and_names_the_places()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        workspace.Folder.Write("a.cs", "x;\ny;\nx;\nx;\n");
        (await workspace.RefusalAsync("edit", new { path = "a.cs", oldText = "x;", newText = "z;" })).ShouldContain("more than once in 'a.cs', at lines 1, 3, 4");
        (await workspace.RefusalAsync("edit", new { path = "a.cs", oldText = "x;\ny;\nq;", newText = "" })).ShouldContain("Its first line is at lines 1, 3, 4");
        (await workspace.RefusalAsync("edit", new { path = "a.cs", oldText = "nowhere", newText = "" })).ShouldContain("Not even its first line");
        (await workspace.RefusalAsync("edit", new { path = "a.cs", oldText = "", newText = "a" })).ShouldContain("empty");
        (await workspace.RefusalAsync("edit", new { path = "a.cs", oldText = "y;", newText = "y;" })).ShouldContain("the same");
        workspace.Folder.Write("b.cs", "aaa");
        (await workspace.RefusalAsync("edit", new { path = "b.cs", oldText = "aa", newText = "b" })).ShouldContain("more than once");
        workspace.Folder.Read("a.cs").ShouldBe("x;\ny;\nx;\nx;\n");
    }

    [Fact]
    public async Task Edit_keeps_the_line_ends_of_the_file()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        workspace.Folder.Write("a.cs", "one\r\ntwo\r\nthree\r\n");
        await workspace.CallAsync("edit", new { path = "a.cs", oldText = "one\ntwo", newText = "1\n2\n" });
        workspace.Folder.Read("a.cs").ShouldBe("1\r\n2\r\n\r\nthree\r\n");
    }

    [Fact]
    public async Task Edits_at_the_same_time_are_all_kept()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        workspace.Folder.Write("a.txt", string.Join('\n', Enumerable.Range(0, 30).Select(line => $"<{line}>")));
        await Task.WhenAll(Enumerable.Range(0, 30).Select(line => workspace.CallAsync("edit", new { path = "a.txt", oldText = $"<{line}>", newText = $"[{line}]" })));
        workspace.Folder.Read("a.txt").ShouldNotContain('<');
    }

    [Fact]
    public async Task List_finds_files_by_folder_and_pattern()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        foreach (string path in new[] { "a.cs", "src/b.cs", "src/c.txt", "src/bin/d.cs", "obj/e.cs", ".git/config", "node_modules/x/f.js" }) workspace.Folder.Write(path, "");
        (await Files(workspace, new { })).ShouldBe(["a.cs", "src/b.cs", "src/c.txt"]);
        (await Files(workspace, new { pattern = "*.cs" })).ShouldBe(["a.cs", "src/b.cs"]);
        (await Files(workspace, new { path = "src", pattern = "*.txt" })).ShouldBe(["src/c.txt"]);
        (await Files(workspace, new { pattern = "src/**/*.cs" })).ShouldBe(["src/b.cs"]);
        (await Files(workspace, new { path = "obj" })).ShouldBe(["obj/e.cs"]);
        (await Files(workspace, new { pattern = "src/bin/*" })).ShouldBe(["src/bin/d.cs"]);
        (await workspace.RefusalAsync("list", new { path = "missing" })).ShouldContain("is not there");
        (await workspace.RefusalAsync("list", new { path = "a.cs" })).ShouldContain("is a file");
        (await workspace.RefusalAsync("list", new { pattern = "../*" })).ShouldContain("must stay below");
    }

    [Fact]
    public async Task List_is_bounded_and_follows_no_links_to_folders()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        for (int file = 0; file < 501; file++) workspace.Folder.Write($"files/{file}.txt", "");
        Directory.CreateSymbolicLink(workspace.Folder["files/circle"], "..");
        JsonElement result = await workspace.CallJsonAsync("list", new { });
        result.GetProperty("files").GetArrayLength().ShouldBe(500);
        result.GetProperty("count").GetInt32().ShouldBe(501);
        result.GetProperty("truncated").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Search_finds_lines()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        workspace.Folder.Write("a.cs", "int Total;\r\nint other;\r\n");
        workspace.Folder.Write("docs/b.md", "The Total is\n3\n");
        await File.WriteAllBytesAsync(workspace.Folder["c.bin"], [.. "Total"u8, 0]);
        (await Matches(workspace, new { text = "Total" })).ShouldBe(["a.cs:1: int Total;", "docs/b.md:1: The Total is"]);
        (await Matches(workspace, new { text = "Total", pattern = "*.md" })).ShouldBe(["docs/b.md:1: The Total is"]);
        (await Matches(workspace, new { text = "^int o.*;$", regex = true })).ShouldBe(["a.cs:2: int other;"]);
        (await Matches(workspace, new { text = "nowhere" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_is_bounded_and_refuses_what_it_cannot_use()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        workspace.Folder.Write("a.txt", string.Join('\n', Enumerable.Repeat("x" + new string('y', 500), 300)));
        JsonElement result = await workspace.CallJsonAsync("search", new { text = "x" });
        result.GetProperty("matches").GetArrayLength().ShouldBe(200);
        result.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        result.GetProperty("matches")[0].GetString()!.Length.ShouldBeLessThan(330);
        // what takes other engines for ever
        (await workspace.CallJsonAsync("search", new { text = "(y+y+)+z", regex = true })).GetProperty("count").GetInt32().ShouldBe(0);
        (await workspace.RefusalAsync("search", new { text = "(", regex = true })).ShouldContain("regular expression");
        (await workspace.RefusalAsync("search", new { text = "(?=a)", regex = true })).ShouldContain("regular expression");
        (await workspace.RefusalAsync("search", new { text = "" })).ShouldContain("empty");
    }

    [Fact]
    public async Task Wrong_arguments_are_answered_with_the_parameters()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        (await workspace.RefusalAsync("read", new { file = "a" })).ShouldBe("workspace_read has no parameter 'file': it takes path, startLine?, endLine?, lineNumbers?.");
        (await workspace.RefusalAsync("edit", new { path = "a", oldText = "x" })).ShouldBe("workspace_edit needs 'newText': it takes path, oldText, newText.");
        (await workspace.RefusalAsync("read", new { path = "a", startLine = new[] { 1 } })).ShouldContain("the arguments do not fit");
        (await workspace.RefusalAsync("read", new { path = (string?)null })).ShouldContain("needs 'path'");
    }

    private static async Task<string?[]> Files(OpenWorkspace workspace, object arguments) =>
        [.. (await workspace.CallJsonAsync("list", arguments)).GetProperty("files").EnumerateArray().Select(file => file.GetString())];

    private static async Task<string?[]> Matches(OpenWorkspace workspace, object arguments) =>
        [.. (await workspace.CallJsonAsync("search", arguments)).GetProperty("matches").EnumerateArray().Select(match => match.GetString())];
}
