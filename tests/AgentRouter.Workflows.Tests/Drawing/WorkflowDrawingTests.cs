using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Drawing;
using AgentRouter.Workflows.Tests.Yaml;
using Snapshooter.Xunit;

namespace AgentRouter.Workflows.Tests.Drawing;

public sealed class WorkflowDrawingTests : IDisposable
{
    private readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Every_kind_of_node_is_drawn()
    {
        _project.With("graphs/inner.yaml", "name: inner\nnodes: { done: { end: succeeded } }\n");
        WorkflowDefinition workflow = _project.LoadRight(
            """
            name: kinds
            inputs: { files: list }
            agents: { a: { role: critic, instructions: Do. } }
            nodes:
              choose: { branch: [ { when: "length(inputs.files) > 1", to: both }, { to: each } ] }
              both: { parallel: { branches: { x: { agent: a }, y: { tool: workspace.test } }, join: any }, next: each, onError: lost }
              each: { map: { over: inputs.files, node: { agent: a } }, next: inner }
              inner: { workflow: inner.yaml, next: ask }
              ask: { human: "Good?", next: done }
              done: { end: succeeded }
              lost: { end: failed }
            """);

        Snapshot.Match(MermaidFormat.Write(WorkflowDrawing.Of(workflow)), "Kinds_mermaid");
        Snapshot.Match(DotFormat.Write(WorkflowDrawing.Of(workflow)), "Kinds_dot");
    }

    [Fact]
    public void A_route_node_shows_its_candidates_and_who_merges()
    {
        WorkflowDefinition workflow = _project.WithAgents("coder", "researcher", "summarizer").LoadRight(
            """
            name: routed
            inputs: { issue: text }
            nodes:
              triage:
                route:
                  - { agent: coder, when: "contains(inputs.issue, 'test')" }
                  - { agent: researcher }
                  - { skip: true }
                fanOut: 2
                refiner: summarizer
                next: done
              done: { end: succeeded }
            """);

        Snapshot.Match(MermaidFormat.Write(WorkflowDrawing.Of(workflow)), "Route_mermaid");
        Snapshot.Match(DotFormat.Write(WorkflowDrawing.Of(workflow)), "Route_dot");
    }

    [Fact]
    public void Labels_cannot_leave_their_place()
    {
        const string evil = "a\"] --> b\n<script>alert(1)</script>\\ `;#|&";
        var graph = new DrawnGraph(evil, [new DrawnNode(evil, [evil], NodeShape.Box)], [new DrawnEdge(evil, evil, evil)]);

        string mermaid = MermaidFormat.Write(graph);
        mermaid.Split('\n').Length.ShouldBe(7);
        mermaid.Split('\n')[4].ShouldBe("    n1[\"a#34;] --#62; b #60;script#62;alert(1)#60;/script#62;#92; #96;#59;#35;#124;#38;\"]");
        string dot = DotFormat.Write(graph);
        dot.Split('\n').Length.ShouldBe(7);
        dot.ShouldContain("[label=\"a\\\"] --> b <script>alert(1)</script>\\\\ `;#|&\", shape=box];");
    }
}
