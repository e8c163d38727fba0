using System.Text.Json;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Events;

namespace AgentRouter.Cli.Tests.Shipped;

/// <summary>The main job with its scripted models and real tools, as shipped; only the build is replaced by a quick check.</summary>
public sealed class FixFailingTestTests : IDisposable
{
    private readonly TestCli _cli = new();

    public FixFailingTestTests() => ShippedProject.CopyTo(_cli.Folder);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_default_policy_repairs_it_for_less_than_60_percent_of_always_large()
    {
        Run routed = await RunAsync(0);
        routed.Tiers("code", visit: 1).ShouldBe(["small"]);
        routed.Tiers("code", visit: 2).ShouldBe(["large"]);
        using var other = new FixFailingTestTests();
        Run large = await other.RunAsync(0, "--policy", "always-large");
        large.Events.OfType<NodeStarted>().Count(node => node.Node == "code").ShouldBe(1);
        routed.SpentUsd.ShouldBeLessThan(0.6m * large.SpentUsd);
        routed.File("Checkout.cs").ShouldBe(large.File("Checkout.cs"));
        routed.File("LinePricer.cs").ShouldBe(large.File("LinePricer.cs"));
    }

    [Fact]
    public async Task Always_small_gives_up_after_four_repairs()
    {
        Run run = await RunAsync(2, "--policy", "always-small");
        run.Events.OfType<NodeStarted>().Count(node => node.Node == "code").ShouldBe(4);
        run.Events.OfType<ToolReturned>().ShouldAllBe(call => call.Succeeded);
    }

    [Fact]
    public async Task A_tiny_budget_ends_it_with_a_last_answer_and_is_not_overspent()
    {
        Run run = await RunAsync(3, "--budget", "0.001");
        run.SpentUsd.ShouldBeInRange(0.0001m, 0.001m);
        run.Summary.GetProperty("outcome").GetString().ShouldBe("budgetExceeded");
        run.Events.OfType<RunEnded>().Single().Answer.ShouldNotBeNull().ShouldContain("Next: run dotnet test.");
    }

    [Theory]
    [InlineData("first-large")]
    [InlineData("threshold")]
    public async Task Under_every_policy_the_script_has_an_answer(string policy)
    {
        Run run = await RunAsync(null, "--policy", policy);
        run.Summary.GetProperty("outcome").GetString().ShouldBeOneOf("succeeded", "failed");
        run.Events.OfType<NodeFailed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_issue_is_not_answered_from_the_script()
    {
        Run run = await RunAsync(2, "--input", "issue=The invoice number is missing.");
        run.Events.OfType<ToolCalled>().ShouldAllBe(call => call.Tool == "workspace.test");
    }

    private async Task<Run> RunAsync(int? exitCode, params string[] arguments)
    {
        int code = await _cli.RunAsync(["run", "graphs/fix-failing-test.yaml", "--json", .. arguments]);
        if (exitCode is { } expected)
            code.ShouldBe(expected, _cli.Errors);
        (IReadOnlyList<RunEvent> events, JsonElement summary) = _cli.ReadLines();
        return new Run(events, summary, Path.Combine(_cli.RunsFolder, "run-1", "workspace"));
    }

    private sealed record Run(IReadOnlyList<RunEvent> Events, JsonElement Summary, string Workspace)
    {
        public decimal SpentUsd => Summary.GetProperty("spentUsd").GetDecimal();

        public string File(string name) => System.IO.File.ReadAllText(Path.Combine(Workspace, "src/Shop.Pricing", name));

        /// <summary>The tiers that answered in one visit of a node.</summary>
        public string[] Tiers(string node, int visit)
        {
            List<string> tiers = [];
            int visits = 0;
            foreach (RunEvent e in Events.Where(e => e.Node == node))
            {
                if (e is NodeStarted)
                    visits++;
                else if (e is StepRouted routed && visits == visit)
                    tiers.Add(routed.Tier);
            }

            return [.. tiers.Distinct()];
        }
    }
}
