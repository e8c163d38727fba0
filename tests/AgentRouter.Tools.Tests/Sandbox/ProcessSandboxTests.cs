using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Tools.Sandbox;
using AgentRouter.Tools.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Tools.Tests.Sandbox;

public sealed class ProcessSandboxTests
{
    /// <summary>Long for a busy machine, and short for what the commands sleep.</summary>
    private static readonly TimeSpan LongerThanAnyLoad = TimeSpan.FromMinutes(1);

    [Theory]
    [EverySandbox]
    public async Task Output_and_exit_code_come_back_in_order(SandboxMode mode)
    {
        await using OpenWorkspace workspace = await Create(mode);
        JsonElement result = await workspace.CallJsonAsync("run", new { command = "echo one; echo two >&2; echo three; exit 3" });
        result.GetRawText().ShouldBe("""{"exitCode":3,"output":"one\ntwo\nthree\n","timedOut":false}""");
    }

    [Theory]
    [EverySandbox]
    public async Task Commands_work_in_the_workspace(SandboxMode mode)
    {
        await using OpenWorkspace workspace = await Create(mode);
        workspace.Folder.Write("a.txt", "mine");
        JsonElement result = await workspace.CallJsonAsync("run", new { command = "cat a.txt; echo new > b.txt; pwd" });
        result.GetProperty("output").GetString()!.ShouldBe("mine" + workspace.Folder.Path + "\n");
        workspace.Folder.Read("b.txt").ShouldBe("new\n");
    }

    [Theory]
    [EverySandbox]
    public async Task The_environment_holds_none_of_ours(SandboxMode mode)
    {
        Environment.SetEnvironmentVariable("AGENTROUTER_TEST_SECRET", "sesame");
        await using OpenWorkspace workspace = await Create(mode);
        string output = (await workspace.CallJsonAsync("run", new { command = "env; echo home $HOME" })).GetProperty("output").GetString()!;
        output.ShouldNotContain("sesame");
        output.ShouldContain("PATH=");
        output.ShouldNotContain("home " + Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "\n");
    }

    [Theory]
    [EverySandbox]
    public async Task A_command_that_takes_too_long_is_ended_with_all_it_started(SandboxMode mode)
    {
        await using OpenWorkspace workspace = await Create(mode, options => options.RunTimeout = TimeSpan.FromSeconds(2));
        string mark = Mark();
        long started = Stopwatch.GetTimestamp();
        JsonElement result = await workspace.CallJsonAsync("run", new { command = $"echo begun; sleep {mark} & sleep {mark}" });
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(LongerThanAnyLoad);
        result.GetProperty("timedOut").GetBoolean().ShouldBeTrue();
        result.GetProperty("exitCode").GetInt32().ShouldBe(124);
        result.GetProperty("output").GetString()!.ShouldBe("begun\n\n… ended: it ran longer than 2 seconds …");
        Machine.ProcessesWith(mark).ShouldBeEmpty();
    }

    [Theory]
    [EverySandbox]
    public async Task The_time_limit_is_measured_by_the_clock_of_the_run(SandboxMode mode)
    {
        var clock = new FakeTimeProvider();
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync(options => options.Sandbox.Mode = mode, clock);
        Task<JsonElement> running = workspace.CallJsonAsync("run", new { command = "sleep 100", timeoutSeconds = 50 });
        while (!running.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(20);
        }

        (await running).GetProperty("timedOut").GetBoolean().ShouldBeTrue();
    }

    [LinuxTheory]
    [EverySandbox]
    public async Task Daemons_do_not_outlive_the_call(SandboxMode mode)
    {
        await using OpenWorkspace workspace = await Create(mode);
        string mark = Mark();
        JsonElement result = await workspace.CallJsonAsync(
            "run", new { command = $"(setsid sh -c 'sleep {mark} & sleep {mark}' >/dev/null 2>&1 </dev/null &) ; nohup sleep {mark} >/dev/null 2>&1 & sleep 0.1; echo done" });
        result.GetProperty("output").GetString()!.ShouldContain("done");
        Machine.ProcessesWith(mark).ShouldBeEmpty();
    }

    [LinuxTheory]
    [EverySandbox]
    public async Task A_daemon_that_is_just_being_born_is_found(SandboxMode mode)
    {
        await using OpenWorkspace workspace = await Create(mode);
        for (int i = 0; i < 15; i++)
        {
            // each starts the next and ends at once, most likely in the very moment in which the sandbox looks for what is left
            string mark = Mark();
            await workspace.CallJsonAsync("run", new { command = $"setsid -f setsid -f setsid -f sleep {mark} >/dev/null 2>&1" });
            await Task.Delay(5);
            Machine.ProcessesWith(mark).ShouldBeEmpty();
        }
    }

    [LinuxFact]
    public async Task A_stranger_without_an_environment_is_looked_at_for_a_while_and_left_alone()
    {
        using var stranger = Process.Start("env", ["-i", "sleep", "100"]);
        try
        {
            (await new ProcessTree(int.MaxValue, "MARK=none").KillAsync()).ShouldBeTrue();
            stranger.HasExited.ShouldBeFalse();
        }
        finally
        {
            stranger.Kill();
        }
    }

    [LinuxTheory]
    [EverySandbox]
    public async Task A_child_that_holds_the_output_does_not_hold_the_call(SandboxMode mode)
    {
        await using OpenWorkspace workspace = await Create(mode);
        string mark = Mark();
        long started = Stopwatch.GetTimestamp();
        await workspace.CallJsonAsync("run", new { command = $"setsid sleep {mark} & echo done" });
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(LongerThanAnyLoad);
        Machine.ProcessesWith(mark).ShouldBeEmpty();
    }

    [LinuxTheory]
    [EverySandbox]
    public async Task Cancelling_ends_the_command_with_all_it_started(SandboxMode mode)
    {
        await using OpenWorkspace workspace = await Create(mode);
        string mark = Mark();
        using var cancel = new CancellationTokenSource();
        Task<JsonElement> running = workspace.CallJsonAsync("run", new { command = $"sleep {mark}" }, cancel.Token);
        while (Machine.ProcessesWith(mark).Count == 0) await Task.Delay(10);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
        Machine.ProcessesWith(mark).ShouldBeEmpty();
    }

    [LinuxTheory]
    [EverySandbox]
    public async Task Memory_is_watched_over_all_processes_together(SandboxMode mode)
    {
        await using OpenWorkspace workspace = await Create(mode, options => options.Sandbox.MemoryBytes = 64L << 20);
        // two children with 50 MB each: none is over the limit alone
        const string eater = "head -c 50000000 /dev/zero | tail -c 50000000 | (sleep 30; cat) > /dev/null";
        JsonElement result = await workspace.CallJsonAsync("run", new { command = $"({eater}) & ({eater}) & wait", timeoutSeconds = 20 });
        result.GetProperty("exitCode").GetInt32().ShouldBe(137);
        result.GetProperty("output").GetString()!.ShouldContain("more than 64 MiB of memory");
    }

    [LinuxTheory]
    [EverySandbox]
    public async Task A_crowd_of_processes_is_ended(SandboxMode mode)
    {
        await using OpenWorkspace workspace = await Create(mode, options => options.Sandbox.Processes = 20);
        string mark = Mark();
        JsonElement result = await workspace.CallJsonAsync("run", new { command = $"for i in $(seq 40); do sleep {mark} & done; wait", timeoutSeconds = 20 });
        result.GetProperty("output").GetString()!.ShouldContain("more than 20 processes");
        Machine.ProcessesWith(mark).ShouldBeEmpty();
    }

    [Theory]
    [EverySandbox]
    public async Task Endless_output_is_cut_in_the_middle(SandboxMode mode)
    {
        await using OpenWorkspace workspace = await Create(mode, options => options.OutputCharacters = 1000);
        string output = (await workspace.CallJsonAsync("run", new { command = "echo first; seq 100000; echo last" })).GetProperty("output").GetString()!;
        output.ShouldStartWith("first\n1\n2\n");
        output.ShouldEndWith("100000\nlast\n");
        output.ShouldContain("characters left out …");
        output.Length.ShouldBeLessThan(1100);
    }

    [LinuxTheory]
    [EverySandbox]
    public async Task A_file_larger_than_allowed_is_not_written(SandboxMode mode)
    {
        await using OpenWorkspace workspace = await Create(mode, options => options.Sandbox.FileBytes = 1 << 20);
        JsonElement result = await workspace.CallJsonAsync("run", new { command = "head -c 3000000 /dev/zero > big" });
        result.GetProperty("exitCode").GetInt32().ShouldNotBe(0);
        new FileInfo(workspace.Folder["big"]).Length.ShouldBe(1 << 20);
    }

    [Theory]
    [EverySandbox]
    public async Task Escape_sequences_do_not_come_through(SandboxMode mode)
    {
        await using OpenWorkspace workspace = await Create(mode);
        JsonElement result = await workspace.CallJsonAsync("run", new { command = @"printf '\033[31mred\033[0m \033]0;title\007\001x\r\ny'" });
        result.GetProperty("output").GetString()!.ShouldBe("red x\ny");
    }

    [Theory]
    [InlineData("", null, "command is empty")]
    [InlineData("a\0b", null, "NUL")]
    [InlineData("true", 0, "from 1 to 600")]
    [InlineData("true", 601, "from 1 to 600")]
    public async Task Wrong_commands_are_refused(string command, int? timeoutSeconds, string why)
    {
        await using OpenWorkspace workspace = await Create(SandboxMode.Plain);
        (await workspace.RefusalAsync("run", new { command, timeoutSeconds })).ShouldContain(why);
    }

    [Fact]
    public async Task A_plain_process_warns_once_a_run()
    {
        await using OpenWorkspace workspace = await Create(SandboxMode.Plain);
        workspace.Warnings.ShouldBeEmpty();
        await workspace.CallAsync("run", new { command = "true" });
        await workspace.CallAsync("run", new { command = "true" });
        workspace.Warnings.ShouldHaveSingleItem().ShouldContain("can reach the network and read your files");
    }

    [BubblewrapFact]
    public async Task Bubblewrap_has_no_network()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using OpenWorkspace workspace = await Create(SandboxMode.Bubblewrap);
        JsonElement result = await workspace.CallJsonAsync("run", new { command = $"bash -c 'echo hello > /dev/tcp/127.0.0.1/{port}'" });
        result.GetProperty("exitCode").GetInt32().ShouldNotBe(0);
        result.GetProperty("output").GetString()!.ShouldContain("refused");
        listener.Pending().ShouldBeFalse();
        workspace.Warnings.ShouldBeEmpty();
    }

    [BubblewrapFact]
    public async Task Bubblewrap_writes_nowhere_but_in_the_workspace()
    {
        await using OpenWorkspace workspace = await Create(SandboxMode.Bubblewrap);
        foreach (string place in new[] { "/x", "/usr/x", "/etc/x", "/dev/x", "/var/x" })
        {
            JsonElement result = await workspace.CallJsonAsync("run", new { command = $"touch {place}" });
            result.GetProperty("exitCode").GetInt32().ShouldNotBe(0, place);
        }

        (await workspace.CallJsonAsync("run", new { command = "touch /tmp/x $HOME/x here" })).GetProperty("exitCode").GetInt32().ShouldBe(0);
        File.Exists("/tmp/x").ShouldBeFalse();
        File.Exists(workspace.Folder["here"]).ShouldBeTrue();
    }

    [BubblewrapFact]
    public async Task Bubblewrap_shows_no_home_no_secrets_and_no_neighbours()
    {
        using var neighbour = new TemporaryFolder();
        neighbour.Write("secret.txt", "sesame");
        await using OpenWorkspace workspace = await Create(SandboxMode.Bubblewrap);
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string output = (await workspace.CallJsonAsync("run", new { command = $"ls -A {home} /home; cat /etc/shadow | wc -c; cat {neighbour.Path}/secret.txt; echo /proc/[0-9]*" })).GetProperty("output").GetString()!;
        output.ShouldNotContain("sesame");
        output.ShouldContain("\n0\n", customMessage: "no byte of /etc/shadow");
        output.ShouldNotContain($"/proc/{Environment.ProcessId}");
        output.ShouldNotContain(".bashrc");
        output.ShouldNotContain(".config");
    }

    [BubblewrapFact]
    public async Task Bubblewrap_keeps_what_git_would_run_later()
    {
        await using OpenWorkspace workspace = await Create(SandboxMode.Bubblewrap);
        workspace.Folder.Write(".git/config", "[core]\n");
        workspace.Folder.Write(".git/hooks/sample", "");
        JsonElement result = await workspace.CallJsonAsync("run", new { command = "echo x > .git/hooks/post-commit; echo x >> .git/config; echo x > .git/other" });
        result.GetProperty("output").GetString()!.ShouldContain("Read-only");
        workspace.Folder.Read(".git/config").ShouldBe("[core]\n");
        Directory.GetFiles(workspace.Folder[".git/hooks"]).Length.ShouldBe(1);
    }

    [BubblewrapFact]
    public async Task Bubblewrap_shows_folders_that_the_options_name()
    {
        using var tools = new TemporaryFolder();
        tools.Write("tool.txt", "useful");
        await using OpenWorkspace workspace = await Create(SandboxMode.Bubblewrap, options => options.Sandbox.ReadOnlyFolders.Add(tools.Path));
        JsonElement result = await workspace.CallJsonAsync("run", new { command = $"cat {tools.Path}/tool.txt; touch {tools.Path}/x" });
        result.GetProperty("output").GetString()!.ShouldStartWith("useful");
        File.Exists(tools["x"]).ShouldBeFalse();
    }

    private static Task<OpenWorkspace> Create(SandboxMode mode, Action<AgentRouter.Tools.Workspace.WorkspaceToolOptions>? configure = null) =>
        OpenWorkspace.CreateAsync(options =>
        {
            options.Sandbox.Mode = mode;
            configure?.Invoke(options);
        });

    /// <summary>A number of seconds that no other process sleeps for.</summary>
    private static string Mark() => $"1{Random.Shared.Next(100_000, 999_999)}.{Random.Shared.Next(100_000, 999_999)}";
}
