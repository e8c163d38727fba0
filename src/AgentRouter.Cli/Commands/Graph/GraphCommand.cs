using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Drawing;
using AgentRouter.Workflows.SystemGraphs;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Cli.Commands.Graph;

/// <summary><c>agentrouter graph FILE</c>.</summary>
internal static class GraphCommand
{
    private const string Mermaid = "mermaid";
    private const string Dot = "dot";

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "The workflow." };
        Option<string> format = new Option<string>("--format") { HelpName = "FORMAT", Description = "mermaid (the default) or dot.", DefaultValueFactory = _ => Mermaid }.AcceptOnlyFromAmong(Mermaid, Dot);
        var system = new Option<bool>("--system") { Description = "Draw the agents, roles, tools, skills and memories of the project instead." };
        var command = new CliCommand("graph", "Draws a workflow, or the project it belongs to, as Mermaid or DOT.")
        {
            Examples =
            [
                new Example("graph graphs/fix-failing-test.yaml", "Mermaid, to paste into a Markdown page."),
                new Example("graph graphs/fix-failing-test.yaml --format dot | dot -Tsvg > graph.svg", "A picture, with Graphviz."),
                new Example("graph graphs/fix-failing-test.yaml --system", "Who may use which tools."),
            ],
        };
        command.Add(file);
        command.Add(format);
        command.Add(system);
        command.SetAction(result => Draw(context, result.GetRequiredValue(file), result.GetRequiredValue(format), result.GetValue(system)));
        return command;
    }

    private static int Draw(CliContext context, string file, string format, bool isSystem)
    {
        string path = WorkflowProject.FindFile(context, file);
        var options = new WorkflowLoadOptions { Configuration = ConfigurationFile.Read(context, named: null, path)?.Definition };
        WorkflowDefinition workflow = Use(WorkflowLoader.Load(path, options), context.Shorten(path));
        DrawnGraph graph = isSystem ? DrawSystem(workflow, options) : WorkflowDrawing.Of(workflow);
        context.Terminal.Lines.Write(format == Dot ? DotFormat.Write(graph) : MermaidFormat.Write(graph));
        return ExitCodes.Succeeded;
    }

    private static DrawnGraph DrawSystem(WorkflowDefinition workflow, WorkflowLoadOptions options)
    {
        string root = workflow.ProjectRoot!;
        return SystemDrawing.Of(Use(SystemGraph.Load(root, workflow, options), root), Path.GetFileName(root));
    }

    private static T Use<T>(LoadResult<T> loaded, string file)
        where T : class => loaded.Definition ?? throw new InvalidFileException(file, loaded.Diagnostics);
}
