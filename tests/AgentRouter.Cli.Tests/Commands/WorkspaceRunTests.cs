using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Events;

namespace AgentRouter.Cli.Tests.Commands;

/// <summary>Runs that change files.</summary>
public sealed class WorkspaceRunTests : IDisposable
{
    private readonly TestCli _cli = new();

    public WorkspaceRunTests()
    {
        _cli.Write("edit.yaml", """
            name: edit
            script: script.yaml
            inputs:
              workspace: { type: directory }
            nodes:
              edit: { agent: { name: editor, instructions: Edit., tools: [workspace] }, prompt: Edit., next: done }
              done: { end: succeeded }
            """);
        _cli.Write("script.yaml", """
            script: edit
            replies:
              - when: { call: 1 }
                call: [ { tool: workspace_write, arguments: { path: note.txt, content: "new\n" } } ]
              - say: "\e]0;owned\a\e[31mdone [red]here[/]\e[0m"
            """);
        _cli.Write("files/note.txt", "old\n");
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_users_files_are_left_alone()
    {
        (await _cli.RunAsync("run", "edit.yaml", "-i", "workspace=files")).ShouldBe(0);
        File.ReadAllText(Path.Combine(_cli.Folder, "files", "note.txt")).ShouldBe("old\n");
        File.ReadAllText(Path.Combine(_cli.RunsFolder, "run-1", "workspace", "note.txt")).ShouldBe("new\n");
        _cli.Seen.ShouldContain("Changes  1 file, +1 -1");
        _cli.Seen.ShouldContain("  -old\n  +new");
        _cli.Seen.ShouldContain("FOLDER/data/runs/run-1/workspace");
    }

    [Fact]
    public async Task In_place_the_files_are_changed_and_the_old_ones_kept()
    {
        (await _cli.RunAsync("run", "edit.yaml", "-i", "workspace=files", "--in-place")).ShouldBe(0);
        File.ReadAllText(Path.Combine(_cli.Folder, "files", "note.txt")).ShouldBe("new\n");
        File.ReadAllText(Path.Combine(_cli.RunsFolder, "run-1", "before", "note.txt")).ShouldBe("old\n");
        _cli.Seen.ShouldContain("  -old\n  +new");
        _cli.Seen.ShouldContain("backup        FOLDER/data/runs/run-1/before");
    }

    [Fact]
    public async Task What_a_model_says_cannot_control_the_terminal()
    {
        (await _cli.RunAsync("run", "edit.yaml", "-i", "workspace=files")).ShouldBe(0);
        _cli.Seen.ShouldAllBe(c => c == '\n' || !char.IsControl(c));
        _cli.Seen.ShouldContain("done [red]here[/]");
    }

    [Theory]
    [InlineData("workspace=nowhere", "there is no folder nowhere")]
    [InlineData("workspac=files", "Did you mean 'workspace'?")]
    [InlineData("files", "'files' has no name")]
    public async Task Wrong_inputs_are_told_before_anything_is_made(string input, string message)
    {
        (await _cli.RunAsync("run", "edit.yaml", "--input", input)).ShouldBe(64);
        _cli.Errors.ShouldContain(message);
        Directory.Exists(_cli.RunsFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_ends_the_run_in_order_and_keeps_its_record()
    {
        _cli.Write("slow.yaml", """
            name: slow
            script: script.yaml
            inputs: { workspace: { type: directory } }
            nodes:
              wait: { tool: workspace.run, arguments: { command: "sleep 60" }, next: done }
              done: { end: succeeded }
            """);
        using var stop = new StopSignal(() => throw new InvalidOperationException("ended at once"));
        _cli.OnLine = line =>
        {
            if (line.Contains("\"tool.called\"", StringComparison.Ordinal))
                stop.Raise();
        };
        (await _cli.RunAsync(stop.Token, "run", "slow.yaml", "-i", "workspace=files", "--json")).ShouldBe(4);
        _cli.ReadLines().Summary.GetProperty("outcome").GetString().ShouldBe("cancelled");
        (await _cli.RunAsync("trace", "last")).ShouldBe(0);
        _cli.Seen.ShouldContain("cancelled");
        File.ReadAllText(Path.Combine(_cli.Folder, "files", "note.txt")).ShouldBe("old\n");
    }

    [Fact]
    public async Task The_live_view_leaves_only_the_report()
    {
        _cli.Output.Profile.Capabilities.Ansi = true;
        _cli.Output.Profile.Capabilities.Interactive = true;
        (await _cli.RunAsync("run", "edit.yaml", "-i", "workspace=files")).ShouldBe(0);
        _cli.Seen.ShouldContain("✓ succeeded  edit");
        _cli.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_workspace_that_is_too_large_or_leads_out_is_refused_and_nothing_is_left()
    {
        File.CreateSymbolicLink(Path.Combine(_cli.Folder, "files", "out"), "/etc/passwd");
        (await _cli.RunAsync("run", "edit.yaml", "-i", "workspace=files")).ShouldBe(2);
        _cli.Errors.ShouldContain("out");
        Directory.Exists(Path.Combine(_cli.RunsFolder, "run-1")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_whose_output_cannot_be_written_is_stopped_and_its_record_has_an_end()
    {
        _cli.OnLine = line =>
        {
            if (line.Contains("\"call.sent\"", StringComparison.Ordinal))
                throw new IOException("No space left on device");
        };
        (await _cli.RunAsync("run", "edit.yaml", "-i", "workspace=files", "--json")).ShouldBe(2);
        _cli.Errors.ShouldContain("No space left on device");
        _cli.OnLine = null;
        (await _cli.RunAsync("trace", "last")).ShouldBe(0);
        _cli.Seen.ShouldNotContain("The record has no end");
    }

    [Fact]
    public async Task Events_of_tools_are_in_the_lines()
    {
        (await _cli.RunAsync("run", "edit.yaml", "-i", "workspace=files", "--json")).ShouldBe(0);
        _cli.ReadLines().Events.OfType<ToolReturned>().Single().Succeeded.ShouldBeTrue();
    }
}
