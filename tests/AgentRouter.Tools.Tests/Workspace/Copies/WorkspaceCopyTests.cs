using AgentRouter.Tools.Tests.Support;
using AgentRouter.Tools.Workspace.Copies;

namespace AgentRouter.Tools.Tests.Workspace.Copies;

public sealed class WorkspaceCopyTests : IDisposable
{
    private readonly TemporaryFolder _source = new();
    private readonly TemporaryFolder _target = new();

    public void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
    }

    [Fact]
    public async Task A_copy_has_the_files_and_not_what_was_built_or_downloaded()
    {
        foreach (string path in new[] { "a.cs", "src/b.cs", ".editorconfig", "bin/x", "src/obj/x", ".git/config", "node_modules/m/x", ".agentrouter/x" }) _source.Write(path, path);
        Directory.CreateDirectory(_source["empty"]);
        await WorkspaceCopy.CopyAsync(_source.Path, _target["copy"]);
        Below(_target["copy"]).ShouldBe([".editorconfig", "a.cs", "empty", "src", "src/b.cs"]);
        _target.Read("copy/src/b.cs").ShouldBe("src/b.cs");
    }

    [Fact]
    public async Task A_link_inside_stays_a_link_inside_of_the_copy()
    {
        _source.Write("real/a.txt", "a");
        File.CreateSymbolicLink(_source["link.txt"], "real/a.txt");
        await WorkspaceCopy.CopyAsync(_source.Path, _target.Path);
        new FileInfo(_target["link.txt"]).LinkTarget.ShouldBe("real/a.txt");
        _target.Read("link.txt").ShouldBe("a");
    }

    [Theory]
    [InlineData("/etc")]
    [InlineData("../..")]
    [InlineData("missing")]
    public async Task A_link_that_leads_out_or_nowhere_stops_the_copy_before_it_begins(string to)
    {
        _source.Write("a.txt", "a");
        File.CreateSymbolicLink(_source["link"], to);
        (await RefusalAsync()).ShouldContain("its link 'link' leads out of it or nowhere");
        Below(_target.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_absolute_link_is_refused_even_to_the_inside()
    {
        _source.Write("a.txt", "a");
        File.CreateSymbolicLink(_source["link"], _source["a.txt"]);
        (await RefusalAsync()).ShouldContain("link 'link'");
    }

    [LinuxFact]
    public async Task Pipes_are_left_out()
    {
        Machine.Command("mkfifo", _source["pipe"]);
        await WorkspaceCopy.CopyAsync(_source.Path, _target.Path);
        Below(_target.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_workspace_that_is_too_large_is_refused_before_anything_is_written()
    {
        for (int file = 0; file < 3; file++) _source.Write($"{file}.txt", new string('x', 100));
        (await RefusalAsync(new WorkspaceCopyOptions { MaxFiles = 2 })).ShouldContain("more than 2 files");
        (await RefusalAsync(new WorkspaceCopyOptions { MaxBytes = 299 })).ShouldContain("more than 299 bytes");
        Below(_target.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_that_is_not_empty_and_a_source_that_is_not_there_are_refused()
    {
        _target.Write("x", "x");
        (await RefusalAsync()).ShouldContain("is not empty");
        ToolException missing = await Should.ThrowAsync<ToolException>(WorkspaceCopy.CopyAsync(_source["missing"], _target["copy"]));
        missing.Message.ShouldContain("is not there");
    }

    [Fact]
    public async Task A_copy_below_the_source_in_a_folder_that_is_left_out_does_not_copy_itself()
    {
        _source.Write("a.txt", "a");
        await WorkspaceCopy.CopyAsync(_source.Path, _source[".agentrouter/runs/1/workspace"]);
        Below(_source[".agentrouter/runs/1/workspace"]).ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task Changes_have_both_texts()
    {
        _source.Write("same.txt", "same");
        _source.Write("changed.txt", "old");
        _source.Write("deleted.txt", "gone");
        _source.Write("bin/built.dll", "x");
        await WorkspaceCopy.CopyAsync(_source.Path, _target.Path);
        _target.Write("changed.txt", "new");
        _target.Write("src/added.txt", "more");
        _target.Write("obj/built.dll", "y");
        File.Delete(_target["deleted.txt"]);

        WorkspaceChanges changes = await WorkspaceChanges.FindAsync(_source.Path, _target.Path);
        changes.IsComplete.ShouldBeTrue();
        changes.Files.ShouldBe(
        [
            new WorkspaceChange("changed.txt", WorkspaceChangeKind.Changed, "old", "new", IsText: true),
            new WorkspaceChange("deleted.txt", WorkspaceChangeKind.Deleted, "gone", null, IsText: true),
            new WorkspaceChange("src/added.txt", WorkspaceChangeKind.Added, null, "more", IsText: true),
        ]);
    }

    [Fact]
    public async Task Changes_are_bounded_in_number_and_size()
    {
        for (int file = 0; file < 5; file++) _target.Write($"{file}.txt", "x");
        await File.WriteAllBytesAsync(_target["0.txt"], [0, 1]);
        _target.Write("1.txt", new string('x', 100));
        WorkspaceChanges changes = await WorkspaceChanges.FindAsync(_source.Path, _target.Path, maxChanges: 3, maxTextBytes: 99);
        changes.IsComplete.ShouldBeFalse();
        changes.Files.Select(change => (change.Path, change.IsText)).ShouldBe([("0.txt", false), ("1.txt", false), ("2.txt", true)]);
    }

    private static string[] Below(string folder) =>
        [.. Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];

    private async Task<string> RefusalAsync(WorkspaceCopyOptions? options = null) =>
        (await Should.ThrowAsync<ToolException>(WorkspaceCopy.CopyAsync(_source.Path, _target.Path, options))).Message;
}
