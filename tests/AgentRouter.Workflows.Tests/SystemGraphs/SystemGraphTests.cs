using AgentRouter.Configuration;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Drawing;
using AgentRouter.Workflows.SystemGraphs;
using AgentRouter.Workflows.Tests.Yaml;
using AgentRouter.Workflows.Yaml;
using Snapshooter.Xunit;

namespace AgentRouter.Workflows.Tests.SystemGraphs;

public sealed class SystemGraphTests : IDisposable
{
    private readonly TestProject _project = new TestProject()
        .With("agents/planner.yaml", "role: planner\ndescription: Plans.\ninstructions: Plan.\ntools: [workspace.list, workspace.read]\ntiers: [large]\n")
        .With("agents/coder.yaml", "role: executor\ninstructions: Fix.\ntools: [workspace]\nskills: [fixing]\nmemory: project:shop\n")
        .With("agents/helper.yaml", "role: executor\ninstructions: Help.\n")
        .With("skills/fixing/SKILL.md", "---\nname: fixing\ndescription: How to fix.\n---\nBody with name: other\n");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_project_is_one_graph_that_answers_who_may_do_what()
    {
        SystemGraph graph = Load(null);

        graph.AgentsOf("executor").ShouldBe(["coder", "helper"]);
        graph.AgentsOf("nobody").ShouldBeEmpty();
        graph.ToolsOf("planner").ShouldBe(["workspace.list", "workspace.read"]);
        graph.ToolsOf("coder").ShouldContain("workspace.test");
        graph.TiersOf("planner").ShouldBe(["large"]);
        graph.TiersOf("coder").ShouldBe(["large", "small"]);
        graph.SkillsOf("coder").ShouldBe(["fixing"]);
        graph.ToolsFor("workspace.read").ShouldBe(["workspace.read"]);
        graph.Vertices.Single(vertex => vertex.Kind == SystemVertexKind.Skill).Description.ShouldBe("How to fix.");
        graph.Edges.ShouldContain(new SystemEdge(new(SystemVertexKind.Agent, "coder"), new(SystemVertexKind.MemoryScope, "project:shop"), SystemEdgeKind.Writes));
    }

    [Fact]
    public void Agents_hand_over_to_the_next_agents_through_whatever_lies_between()
    {
        WorkflowDefinition workflow = Workflow();

        SystemGraph graph = Load(workflow);

        graph.SuccessorsOf("planner").ShouldBe(["coder", "critic"]);
        graph.SuccessorsOf("coder").ShouldBe(["helper"]);
        graph.SuccessorsOf("critic").ShouldBe(["helper"]);
        graph.SuccessorsOf("helper").ShouldBe(["planner"]);
        graph.ToolsOf("helper").ShouldBe(["workspace.search"]);
    }

    [Fact]
    public void A_route_node_may_hand_over_to_each_of_its_candidates()
    {
        SystemGraph graph = Load(_project.LoadRight(
            """
            name: w
            agents: { critic: { role: critic, instructions: Judge. }, writer: { instructions: Write. } }
            nodes:
              plan: { agent: planner, next: work }
              work: { route: [ { agent: coder }, { agent: helper }, { skip: true } ], fanOut: 2, refiner: critic, next: write }
              write: { agent: writer, next: done }
              done: { end: succeeded }
            """));

        IEnumerable<string> Kinds(string from) => graph.Edges
            .Where(edge => edge.Source.Name == from && edge.Kind is SystemEdgeKind.HandsOverTo or SystemEdgeKind.MayHandOverTo && edge.Source.Name == from)
            .Select(edge => $"{edge.Kind} {edge.Target.Name}");
        Kinds("planner").ShouldBe(["HandsOverTo writer", "MayHandOverTo coder", "MayHandOverTo helper"]);
        Kinds("coder").ShouldBe(["HandsOverTo writer", "MayHandOverTo critic"]);
        Kinds("critic").ShouldBe(["HandsOverTo writer"]);
        graph.SuccessorsOf("planner").ShouldBe(["coder", "helper", "writer"]);
        MermaidFormat.Write(SystemDrawing.Of(graph, "project")).ShouldContain("-.->|\"may hand over to\"|");
    }

    [Fact]
    public void An_agent_file_that_is_wrong_is_told()
    {
        _project.With("agents/bad.yaml", "role: x\ntools: [workspace.fly]\n");

        var result = SystemGraph.Load(_project.Root);

        result.Succeeded.ShouldBeFalse();
        result.Diagnostics.Select(diagnostic => diagnostic.Message).ShouldBe(["The agent has no 'instructions'.", "There is no tool 'workspace.fly'."]);
    }

    [Fact]
    public void The_graph_is_drawn()
    {
        DrawnGraph drawing = SystemDrawing.Of(Load(Workflow()), "project");

        Snapshot.Match(MermaidFormat.Write(drawing), "SystemGraph_mermaid");
        Snapshot.Match(DotFormat.Write(drawing), "SystemGraph_dot");
    }

    private SystemGraph Load(WorkflowDefinition? workflow) =>
        SystemGraph.Load(_project.Root, workflow, new WorkflowLoadOptions { Configuration = new RouterConfiguration { Tiers = ["small", "large"] } }).OrThrow();

    private WorkflowDefinition Workflow() => _project.LoadRight(
        """
        name: w
        agents: { critic: { role: critic, instructions: Judge. } }
        nodes:
          plan: { agent: planner, next: both }
          both: { parallel: { branches: { a: { agent: coder }, b: { agent: critic } } }, next: test }
          test: { tool: workspace.test, next: [ { when: "test.exitCode == 0", to: help }, { to: done } ] }
          help: { agent: helper, tools: [workspace.search], next: [ { when: "visits('help') < 2", to: plan }, { to: done } ] }
          done: { end: succeeded }
        """);
}
