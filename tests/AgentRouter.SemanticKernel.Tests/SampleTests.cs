using System.Diagnostics;

namespace AgentRouter.SemanticKernel.Tests;

public sealed class SampleTests
{
    [Fact]
    public async Task The_sample_runs_offline_and_shows_each_decision_and_the_money()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SemanticKernel.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process sample = Process.Start(start).ShouldNotBeNull();
        Task<string> errors = sample.StandardError.ReadToEndAsync();
        string output = await sample.StandardOutput.ReadToEndAsync();
        await sample.WaitForExitAsync();

        (await errors).ShouldBeEmpty();
        sample.ExitCode.ShouldBe(0);
        output.ShouldContain("call 1: scripted-small (small)");
        output.ShouldContain("call 3: scripted-large (large), because");
        output.ShouldContain("call 4: scripted-small (small), because the only model that can take the step");
        output.ShouldContain("20 of them cost 240.00");
        output.ShouldContain("the other 8 come on Monday");
        output.ShouldContain("spent in 4 calls.");
    }
}
