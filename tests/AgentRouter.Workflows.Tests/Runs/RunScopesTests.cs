using AgentRouter.Memory;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Tests.Runs;

/// <summary>Which scopes of a memory belong to runs.</summary>
public sealed class RunScopesTests
{
    [Theory]
    [InlineData("workflow:run-run-1/0123456789abcdef", "run-1")]
    [InlineData("workflow:run-20261122-153047-k3f9qa/fedcba9876543210", "20261122-153047-k3f9qa")]
    [InlineData("workflow:run-a_b.c/0123456789abcdef", "a_b.c")]
    [InlineData("workflow:run-run-1/notes", null)]
    [InlineData("workflow:run-run-1/0123456789ABCDEF", null)]
    [InlineData("workflow:run-run-1/0123456789abcdef0", null)]
    [InlineData("workflow:run-run-1", null)]
    [InlineData("workflow:run-/0123456789abcdef", null)]
    [InlineData("workflow:run-a/b/0123456789abcdef", null)]
    [InlineData("workflow:/0123456789abcdef", null)]
    [InlineData("workflow:x", null)]
    [InlineData("workflow:run-1/0123456789abcdef", "1")]
    [InlineData("project:run-run-1/0123456789abcdef", null)]
    public void Only_what_a_run_makes_itself_is_its_own(string scope, string? runId) => RunScopes.RunOf(MemoryScope.Parse(scope)).ShouldBe(runId);
}
