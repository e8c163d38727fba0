using System.Text.Json;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Events;

namespace AgentRouter.Cli.Tests;

/// <summary>The main job for real: files are edited and <c>dotnet test</c> builds and runs the sample's tests.</summary>
public sealed class MainJobTests
{
    private static readonly string Workflow = Path.Combine(Repository.Root, "graphs", "fix-failing-test.yaml");

    [Fact]
    public async Task The_router_repairs_the_sample_for_clearly_less_than_always_large_and_the_small_tier_alone_does_not()
    {
        using var cli = new TestCli();
        using var small = new TestCli();
        string original = Path.Combine(Repository.Root, "samples", "coding", "workspace", "src", "Shop.Pricing", "Checkout.cs");
        string before = await File.ReadAllTextAsync(original);

        // at the same time: most of it is waiting for compilers
        Task<int> routed = cli.RunAsync("run", Workflow, "--offline", "--json");
        Task<int> alwaysSmall = small.RunAsync("run", Workflow, "--offline", "--json", "--policy", "always-small");
        (await routed).ShouldBe(0);
        (await alwaysSmall).ShouldBe(2);
        small.ReadLines().Summary.GetProperty("outcome").GetString().ShouldBe("failed");

        (IReadOnlyList<RunEvent> events, JsonElement summary) = cli.ReadLines();
        decimal spent = summary.GetProperty("spentUsd").GetDecimal();
        (spent / summary.GetProperty("alwaysLargeUsd").GetDecimal()).ShouldBeLessThan(0.6m);
        summary.GetProperty("scripted").GetBoolean().ShouldBeTrue();
        events.OfType<ToolReturned>().Where(tool => tool.Tool == "workspace.test").ShouldNotBeEmpty();
        events.OfType<BudgetSettled>().Sum(settled => settled.Booked.Usd.ToUsd()).ShouldBe(spent);
        (await File.ReadAllTextAsync(original)).ShouldBe(before);
        string result = summary.GetProperty("resultFolder").GetString()!;
        (await File.ReadAllTextAsync(Path.Combine(result, "src", "Shop.Pricing", "Checkout.cs"))).ShouldNotBe(before);
    }

    [Fact]
    public async Task A_budget_that_is_too_small_ends_with_a_last_answer_and_is_kept()
    {
        using var cli = new TestCli();
        (await cli.RunAsync("run", Workflow, "--offline", "--json", "--budget", "0.001")).ShouldBe(3);
        JsonElement summary = cli.ReadLines().Summary;
        summary.GetProperty("outcome").GetString().ShouldBe("budgetExceeded");
        summary.GetProperty("answer").GetString().ShouldNotBeNullOrEmpty();
        summary.GetProperty("spentUsd").GetDecimal().ShouldBeLessThanOrEqualTo(0.001m);
    }
}
