using System.Diagnostics;

namespace AgentRouter.Testing.Tests;

public sealed class SampleTests
{
    [Fact]
    public async Task The_sample_runs_offline_and_shows_each_decision_and_the_money()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ExtensionsAI.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process sample = Process.Start(start).ShouldNotBeNull();
        Task<string> errors = sample.StandardError.ReadToEndAsync();
        string output = await sample.StandardOutput.ReadToEndAsync();
        await sample.WaitForExitAsync();

        (await errors).ShouldBeEmpty();
        sample.ExitCode.ShouldBe(0);
        output.ShouldContain("call 1: scripted-small (small)");
        output.ShouldContain("call 2: scripted-small (small)");
        output.ShouldContain("call 3: scripted-large (large), because");
        output.ShouldContain("until 11 June");
        output.ShouldContain("spent in 3 calls.");
    }
}
