using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Tests.Yaml;

public class ShippedFilesTests
{
    public static TheoryData<string> Workflows => [.. RepositoryFiles.In("graphs", "*.yaml").Select(file => Path.GetFileName(file))];

    public static TheoryData<string> Agents => [.. RepositoryFiles.In("agents", "*.yaml").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_shipped_workflow_loads_without_a_word(string file) =>
        WorkflowLoader.Load(Path.Join(RepositoryFiles.Root, "graphs", file)).Diagnostics.ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Agents))]
    public void Every_shipped_agent_loads_without_a_word(string file) =>
        AgentLoader.Load(Path.Join(RepositoryFiles.Root, "agents", file)).Diagnostics.ShouldBeEmpty();
}
