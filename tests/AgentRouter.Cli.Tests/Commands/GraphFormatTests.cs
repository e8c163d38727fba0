using AgentRouter.Cli.Commands.Graph;
using AgentRouter.Cli.Commands.Graph.Formats;

namespace AgentRouter.Cli.Tests.Commands;

public sealed class GraphFormatTests
{
    private static readonly DrawnGraph Graph = new(
        "a \"quoted\" title",
        [new DrawnNode("end", ["end", "a < \"b\" # c"], NodeShape.Box), new DrawnNode("x/y", ["y\\"], NodeShape.Diamond)],
        [new DrawnEdge("end", "x/y", "\e[31mwhen \"q\"", IsDashed: true), new DrawnEdge("end", "nowhere", null)]);

    [Fact]
    public void Mermaid_keeps_names_out_of_ids_and_escapes_labels() => MermaidFormat.Write(Graph).ShouldBe("""
        ---
        title: "a #quot;quoted#quot; title"
        ---
        flowchart TD
            n1["end<br/>a #lt; #quot;b#quot; #35; c"]
            n2{"y\"}
            n1 -.->|"when #quot;q#quot;"| n2

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void Dot_escapes_quotes_and_backslashes() => DotFormat.Write(Graph).ShouldBe("""
        digraph "a \"quoted\" title" {
            node [fontname="sans-serif"];
            "end" [label="end\na < \"b\" # c", shape=box];
            "x/y" [label="y\\", shape=diamond];
            "end" -> "x/y" [label="when \"q\"", style=dashed];
            "end" -> "nowhere";
        }

        """.ReplaceLineEndings("\n"));
}
