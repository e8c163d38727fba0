using AgentRouter.Tools;

namespace AgentRouter.Testing.Tests;

/// <summary>The workflow that the tests here run: plan, code and test in a loop, end.</summary>
internal static class RepairWorkflow
{
    public const string Yaml = """
        name: repair
        inputs:
          issue: { type: text }
        budget: { usd: 0.25, calls: 10, onExceeded: wrapUp }
        router:
          policy: rules
          tiers: [small, large]
          rules:
            - { when: "node == 'code' and visit > 1", tier: large }
            - { tier: small }
        nodes:
          plan:
            agent: { name: planner, role: planner, instructions: You plan. }
            prompt: "Plan: {{ inputs.issue }}"
            next: code
          code:
            agent: { name: coder, role: executor, instructions: You code., tools: [workspace.read] }
            prompt: "Do: {{ plan }}"
            next: test
          test:
            tool: workspace.test
            next:
              - { when: "test.exitCode == 0", to: done }
              - { when: "visits('code') < 3", to: code }
              - { to: gaveUp }
          done: { end: succeeded, answer: "{{ code }}" }
          gaveUp: { end: failed, reason: Three repairs did not hold. }
        """;

    public static TestScript Script => TestScript.For("repair")
        .When(role: "planner").Says("Look at the cart.")
        .When(role: "executor", call: 1).Calls("workspace.read", new { path = "Cart.cs" })
        .When(role: "executor", tier: "large").Says("Repaired the rounding.")
        .When(role: "executor").Says("Changed something.");

    /// <summary>Tests that pass from the given run on.</summary>
    public static TestTools Tools(int passFrom = 2)
    {
        int runs = 0;
        return new TestTools("workspace")
            .Add("read", (string path) => path == "Cart.cs" ? "class Cart;" : throw new ToolException($"There is no file '{path}'."))
            .Add("test", () => new { exitCode = ++runs >= passFrom ? 0 : 1, output = "…" });
    }
}
