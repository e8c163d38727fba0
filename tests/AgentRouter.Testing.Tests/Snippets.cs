using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Providers.Scripted;
using AgentRouter.Routing;
using AgentRouter.Workflows.Engine;
using Microsoft.Extensions.AI;

namespace AgentRouter.Testing.Tests;

/// <summary>The C# of docs/testing.md, as users write it.</summary>
public sealed class Snippets
{
    [Fact]
    public void The_page_shows_nothing_else() => DocumentedSnippets.ShouldBeCompiledHere("docs/testing.md", atLeast: 4);

    [Fact]
    public async Task A_workflow_is_tested()
    {
        using var file = new TempFile("repair.yaml", RepairWorkflow.Yaml);
        string workflowFile = file.Path;
        int tests = 0;

        var host = new WorkflowTestHost(workflowFile)
        {
            Script = TestScript.For("repair")
                .When(role: "planner").Says("Look at the cart.")
                .When(role: "executor", call: 1).Calls("workspace.read", new { path = "Cart.cs" })
                .When(role: "executor", tier: "large").Says("Repaired the rounding.")
                .When(role: "executor").Says("Changed something."),
            Tools =
            {
                new TestTools("workspace")
                    .Add("read", (string path) => "class Cart;")
                    .Add("test", () => new { exitCode = ++tests < 2 ? 1 : 0 }),
            },
        };

        TestRun run = await host.RunAsync(("issue", "Totals are wrong."));

        run.ShouldHaveEnded(RunOutcome.Succeeded)
            .ShouldHaveVisited("plan", "code", "test", "done")
            .ShouldHaveRouted("code", visit: 1, tier: "small")
            .ShouldHaveRouted("code", visit: 2, tier: "large")
            .ShouldHaveCalledTool("workspace.read", times: 2)
            .ShouldHaveSpentAtMost(0.25m)
            .LedgerShouldBalance();

        WorkflowRun started = host.Start([("issue", "Totals are wrong.")]);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        TestRun ended = await host.FinishAsync(started);

        ended.Outcome.ShouldBeOneOf(RunOutcome.Succeeded, RunOutcome.BudgetExceeded);
    }

    [Fact]
    public async Task A_sequence_and_a_task_without_a_workflow()
    {
        Script script = TestScript.For("slow down")
            .When(role: "planner").Fails(FailureClass.Throttled, times: 2)
            .When(role: "planner").Says("The plan.");
        script.Replies.Count.ShouldBe(2);
        using var client = new StepRoutingChatClient(TestModels.From(TestScript.For().Always().Says("Hello.")));

        var events = new EventRecorder();
        using (client.BeginTask(new Budget { Usd = 0.25m }, events))
            await client.GetResponseAsync("Hello.");
        events.ShouldHaveRouted(null, tier: "small").LedgerShouldBalance();
    }
}
