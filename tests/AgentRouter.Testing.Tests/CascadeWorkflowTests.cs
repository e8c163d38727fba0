using AgentRouter.Events;

namespace AgentRouter.Testing.Tests;

public sealed class CascadeWorkflowTests
{
    private const string Nodes = """
        nodes:
          code:
            agent: { name: coder, role: executor, instructions: You code. }
            verify: "contains(code, 'right')"
            next:
              - { when: "contains(code, 'right')", to: done }
              - { when: "visits('code') < 3", to: code }
              - { to: gaveUp }
          done: { end: succeeded, answer: "{{ code }}" }
          gaveUp: { end: failed, reason: It stayed wrong. }
        """;

    private static async Task<TestRun> RunAsync(string router, TestScript script)
    {
        using var file = new TempFile("w.yaml", $"name: w\nbudget: {{ usd: 0.25 }}\nrouter: {router}\n{Nodes}");
        return await new WorkflowTestHost(file.Path) { Script = script }.RunAsync();
    }

    private static string[] Tiers(TestRun run) => [.. run.Events.OfType<StepRouted>().Select(e => e.Tier)];

    [Fact]
    public async Task A_node_whose_verify_fails_is_visited_again_on_the_next_rung()
    {
        TestScript script = TestScript.For().When(tier: "large").Says("This is right.").Always().Says("This is not.");
        (await RunAsync("{ policy: cascade, ladder: [small, large] }", script))
            .ShouldHaveEnded(RunOutcome.Succeeded)
            .ShouldHaveRouted("code", visit: 1, tier: "small")
            .ShouldHaveRouted("code", visit: 2, tier: "large")
            .LedgerShouldBalance();
    }

    [Fact]
    public async Task Cheap_answers_that_agree_are_taken_without_asking_the_large_model()
    {
        TestRun run = await RunAsync("{ policy: cascade, samples: 3, agreement: 2 }", TestScript.For().Always().Says("This is right."));
        run.ShouldHaveEnded(RunOutcome.Succeeded).LedgerShouldBalance();
        Tiers(run).ShouldBe(["small", "small"]);
    }

    [Fact]
    public async Task Agreement_holds_with_rules_around_the_policy()
    {
        TestRun run = await RunAsync("{ policy: cascade, samples: 2, riskTier: large }", TestScript.For().Always().Says("This is right."));
        Tiers(run).ShouldBe(["small", "small"]);
    }

    [Fact]
    public async Task Cheap_answers_that_differ_go_to_the_large_model()
    {
        TestScript script = TestScript.For()
            .When(tier: "large").Says("This is right.")
            .Always().Says("One.", times: 1).Always().Says("Two.", times: 1).Always().Says("Three.");
        TestRun run = await RunAsync("{ policy: cascade, samples: 3, agreement: 2 }", script);
        run.ShouldHaveEnded(RunOutcome.Succeeded).LedgerShouldBalance();
        Tiers(run).ShouldBe(["small", "small", "small", "large"]);
    }

    [Fact]
    public async Task A_task_that_is_given_up_fails_with_the_reason()
    {
        TestRun run = await RunAsync("{ policy: cascade, successValue: 0.000001 }", TestScript.For().Always().Says("This is not."));
        run.ShouldHaveEnded(RunOutcome.Failed);
        run.Result.Reason!.ShouldContain("The policy 'cascade' gave the task up: after a failed check");
        Tiers(run).ShouldBe(["small", "large"]);
    }
}
