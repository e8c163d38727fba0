using AgentRouter.Configuration;
using AgentRouter.Tools.Sandbox;
using AgentRouter.Tools.Tests.Support;

namespace AgentRouter.Tools.Tests.Sandbox;

public sealed class SandboxChoiceTests
{
    [LinuxTheory]
    [InlineData(null, "bubblewrap is not installed")]
    [InlineData("/bin/false", "bubblewrap does not work here (it ended with 1)")]
    [InlineData("/usr/bin/no-such-program", "bubblewrap does not work here ('/usr/bin/no-such-program' could not be started")]
    public async Task Without_a_working_bubblewrap_commands_run_plain_and_the_user_is_told_why(string? program, string reason)
    {
        IProcessSandbox sandbox = await ProcessSandbox.OpenAsync(new SandboxOptions(), program, TimeProvider.System, default);
        sandbox.ShouldBeOfType<PlainSandbox>();
        sandbox.Warning!.ShouldStartWith(reason);
        sandbox.Warning.ShouldContain("Install bubblewrap");
    }

    [LinuxFact]
    public async Task Where_bubblewrap_must_be_and_is_not_no_command_runs()
    {
        var options = new SandboxOptions { Mode = SandboxMode.Bubblewrap };
        ToolException exception = await Should.ThrowAsync<ToolException>(ProcessSandbox.OpenAsync(options, null, TimeProvider.System, default));
        exception.Message.ShouldContain("bubblewrap is not installed");
        exception.Message.ShouldContain("SandboxOptions.Mode");
    }

    [BubblewrapFact]
    public async Task Where_bubblewrap_works_it_is_chosen() =>
        (await ProcessSandbox.OpenAsync(new SandboxOptions(), TimeProvider.System)).ShouldBeOfType<BubblewrapSandbox>();

    [Theory]
    [InlineData(1L, 512, 1L << 30, "SandboxOptions.MemoryBytes")]
    [InlineData(1L << 30, 0, 1L << 30, "SandboxOptions.Processes")]
    [InlineData(1L << 30, 512, 1L, "SandboxOptions.FileBytes")]
    public void Limits_out_of_range_are_refused_by_name(long memory, int processes, long file, string name) =>
        Should.Throw<ArgumentException>(() => new PlainSandbox(new SandboxOptions { MemoryBytes = memory, Processes = processes, FileBytes = file })).Message.ShouldContain(name);
}
