using AgentRouter.Tools.Tests.Support;
using AgentRouter.Tools.Workspace.Testing;

namespace AgentRouter.Tools.Tests.Workspace.Testing;

public sealed class TestCountsTests
{
    [Theory]
    [InlineData("Failed!  - Failed:     1, Passed:     3, Skipped:     2, Total:     6, Duration: 15 ms - A.dll (net10.0)\nPassed!  - Failed:     0, Passed:     4, Skipped:     0, Total:     4, Duration: 9 ms - B.dll (net10.0)", 7, 1, 2)]
    [InlineData("Test run summary: Failed!\n  total: 6\n  failed: 1\n  succeeded: 3\n  skipped: 2\n  duration: 1s 005ms", 3, 1, 2)]
    [InlineData("FAILED test_a.py::test_b - assert 1 == 2\n1 failed, 3 passed, 2 skipped in 0.12s", 3, 1, 2)]
    [InlineData("=== 3 passed, 1 error in 0.12s ===", 3, 1, 0)]
    [InlineData("Tests:       1 failed, 2 skipped, 3 passed, 6 total\nSnapshots:   0 total", 3, 1, 2)]
    [InlineData(" Tests  1 failed | 3 passed (4)", 3, 1, 0)]
    [InlineData("# tests 6\n# suites 0\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 2\n# todo 0", 3, 1, 2)]
    [InlineData("ℹ pass 3\nℹ fail 1\nℹ cancelled 0\nℹ skipped 2", 3, 1, 2)]
    [InlineData("all is well", 0, 0, 0)]
    public void The_summaries_of_known_runners_are_read(string log, int passed, int failed, int skipped) =>
        TestCounts.Read(log).ShouldBe(new TestCounts(passed, failed, skipped));

    [Theory]
    [InlineData("App.slnx", "dotnet test --nologo")]
    [InlineData("App.sln", "dotnet test --nologo")]
    [InlineData("App.csproj", "dotnet test --nologo")]
    [InlineData("package.json", "npm test")]
    [InlineData("pyproject.toml", "python3 -m pytest -q")]
    [InlineData("test_app.py", "python3 -m pytest -q")]
    [InlineData("tests/App.Tests/App.Tests.csproj", "dotnet test --nologo 'tests/App.Tests/App.Tests.csproj'")]
    public void The_command_is_told_from_the_files(string file, string command)
    {
        using var folder = new TemporaryFolder();
        folder.Write(file, "");
        TestCommand.Find(folder.Path).ShouldBe(command);
    }

    [Fact]
    public void A_workspace_that_tells_nothing_asks_for_the_command()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<ToolException>(() => TestCommand.Find(folder.Path)).Message.ShouldContain("Give the command");
    }

    [Fact]
    public void A_report_puts_build_errors_first_and_each_once()
    {
        const string log = "  Restored\nA.cs(1,2): error CS1002: ; expected [/w/A.csproj]\nBuild FAILED.\nA.cs(1,2): error CS1002: ; expected [/w/A.csproj]\n    1 Error(s)";
        TestReport.Make(log, 1000).ShouldBe("A.cs(1,2): error CS1002: ; expected");
    }

    [Fact]
    public void A_report_of_an_unknown_runner_is_its_log() => TestReport.Make("one\ntwo\n", 1000).ShouldBe("one\ntwo");

    [Fact]
    public void Missing_packages_are_explained()
    {
        MissingPackages.Hint("A.csproj : error NU1101: Unable to find package xunit.").ShouldContain("dotnet restore");
        MissingPackages.Hint("A.cs(1,2): error CS1002: ; expected").ShouldBeEmpty();
    }

    [Fact]
    public void A_report_is_bounded() => TestReport.Make(new string('x', 5000), 1000).Length.ShouldBeLessThan(1100);
}
