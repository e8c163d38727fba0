using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Tools.Tests.Support;

namespace AgentRouter.Tools.Tests.Workspace.Testing;

public sealed class DotNetTestTests
{
    [Theory]
    [EverySandbox]
    public async Task A_test_project_is_restored_from_the_cache_built_and_tested_and_leaves_nothing_running(SandboxMode mode)
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync(options => options.Sandbox.Mode = mode);
        WriteProject(workspace.Folder);
        JsonElement result = await workspace.CallJsonAsync("test", new { });
        string output = result.GetProperty("output").GetString()!;
        result.GetProperty("exitCode").GetInt32().ShouldBe(1, output);
        result.GetProperty("passed").GetInt32().ShouldBe(2, output);
        result.GetProperty("failed").GetInt32().ShouldBe(1, output);
        result.GetProperty("skipped").GetInt32().ShouldBe(1, output);
        output.ShouldStartWith("  Failed Sample.CalculatorTests.Adds [");
        output.ShouldContain("Expected: 5");
        output.ShouldContain(" in CalculatorTests.cs:line ");
        output.ShouldEndWith("Sample.dll (net10.0)");
        output.ShouldNotContain("Passed Sample");
        Machine.ProcessesWith(workspace.Folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_does_not_build_or_restore_is_told_first()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync(options => options.Sandbox.Mode = SandboxMode.Auto);
        workspace.Folder.Write("Directory.Build.props", "<Project />");
        const string project = """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>{0}</Project>""";
        workspace.Folder.Write("Sample.csproj", project.Replace("{0}", "", StringComparison.Ordinal));
        workspace.Folder.Write("Calculator.cs", "class Calculator { int Add() => 1 }");
        JsonElement broken = await workspace.CallJsonAsync("test", new { command = "dotnet build" });
        broken.GetProperty("exitCode").GetInt32().ShouldBe(1);
        broken.GetProperty("output").GetString().ShouldBe("Calculator.cs(1,35): error CS1002: ; expected");

        workspace.Folder.Write("Sample.csproj", project.Replace("{0}", """<ItemGroup><PackageReference Include="AgentRouter.No.Such.Package" Version="1.0.0" /></ItemGroup>""", StringComparison.Ordinal));
        JsonElement missing = await workspace.CallJsonAsync("test", new { command = "dotnet build" });
        missing.GetProperty("output").GetString()!.ShouldContain("AgentRouter.No.Such.Package");
        missing.GetProperty("output").GetString()!.ShouldContain("packages are missing from this machine's cache");
    }

    /// <summary>A project that uses the packages which these tests themselves were restored with.</summary>
    private static void WriteProject(TemporaryFolder folder)
    {
        // nothing of the machine's folders above comes in
        folder.Write("Directory.Build.props", "<Project />");
        folder.Write("Sample.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="{Version("Microsoft.NET.Test.Sdk")}" />
                <PackageReference Include="xunit" Version="{Version("xunit")}" />
                <PackageReference Include="xunit.runner.visualstudio" Version="{Version("xunit.runner.visualstudio")}" />
              </ItemGroup>
            </Project>
            """);
        folder.Write("Calculator.cs", "namespace Sample; public static class Calculator { public static int Add(int a, int b) => a - b; }");
        folder.Write("CalculatorTests.cs", """
            using Xunit;

            namespace Sample;

            public class CalculatorTests
            {
                [Fact]
                public void Adds() => Assert.Equal(5, Calculator.Add(2, 3));

                [Theory]
                [InlineData(0)]
                [InlineData(7)]
                public void Adds_nothing(int a) => Assert.Equal(a, Calculator.Add(a, 0));

                [Fact(Skip = "later")]
                public void Adds_large_numbers() { }
            }
            """);
    }

    private static string Version(string package)
    {
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "AgentRouter.Tools.Tests.packages.json")));
        return assets.RootElement.GetProperty("dependencies").GetProperty("net10.0").GetProperty(package).GetProperty("resolved").GetString()!;
    }
}
