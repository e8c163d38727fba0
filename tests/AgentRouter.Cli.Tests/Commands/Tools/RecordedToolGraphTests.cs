using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Tests.Support;

namespace AgentRouter.Cli.Tests.Commands.Tools;

public sealed class RecordedToolGraphTests
{
    private const string Graph = "facts: { path: text }\ntools: { read: { tool: workspace.read, provides: page, needs: path, effect: none } }\n";

    private const string Workflow = """
        name: reads
        script: script.yaml
        inputs: { workspace: directory }
        tools: { graph: tools/pages.yaml }
        nodes:
          read: { capability: page, arguments: { path: a.md }, next: done }
          done: { end: succeeded, answer: "{{ read }}" }
        """;

    [Fact]
    public async Task A_run_reads_over_the_graph_of_its_workflow_and_says_when_the_graph_has_changed()
    {
        using var cli = new TestCli();
        cli.Write("graphs/w.yaml", Workflow);
        cli.Write("graphs/script.yaml", "script: reads\nreplies: [ { say: unused } ]\n");
        cli.Write("graphs/tools/pages.yaml", Graph);
        cli.Write("work/a.md", "what is in it");

        (await cli.RunAsync("run", "graphs/w.yaml", "--input", "workspace=work")).ShouldBe(0, cli.Errors + cli.Seen);
        cli.Seen.ShouldContain("what is in it");

        cli.Write("graphs/tools/pages.yaml", Graph.Replace("{ read:", "{ reader:", StringComparison.Ordinal));
        (await cli.RunAsync("replay", "last")).ShouldNotBe(0);
        cli.Seen.ReplaceLineEndings(" ").ShouldContain("pages.yaml");
    }

    [Fact]
    public void Graphs_are_kept_with_their_hashes_and_one_that_is_gone_is_named()
    {
        var source = new RunSource { Workflow = typeof(RunSource).Assembly.Location, WorkflowHash = "", Policy = "rules", ToolGraphs = [("/gone/a.yaml", "1"), ("/gone/b.yaml", "2")] };

        RunSource read = RunSource.Read("run-1", source.ToDictionary());

        read.ToolGraphs.ShouldBe(source.ToolGraphs);
        Should.Throw<UsageException>(() => read.FindChanges("run-1")).Message.ShouldContain("The tool graph of the run 'run-1' was /gone/a.yaml");
    }
}
