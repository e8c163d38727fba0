using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Graph.Formats;
using AgentRouter.Cli.Hosting;
using AgentRouter.Workflows.Definitions;
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
        var command = new CliCommand("graph", "Draws a workflow as Mermaid or DOT.")
        {
            Examples =
            [
                new Example("graph graphs/fix-failing-test.yaml", "Mermaid, to paste into a Markdown page."),
                new Example("graph graphs/fix-failing-test.yaml --format dot | dot -Tsvg > graph.svg", "A picture, with Graphviz."),
            ],
        };
        command.Add(file);
        command.Add(format);
        command.SetAction(result => Draw(context, result.GetRequiredValue(file), result.GetRequiredValue(format)));
        return command;
    }

    private static int Draw(CliContext context, string file, string format)
    {
        string path = WorkflowProject.FindFile(context, file);
        LoadResult<WorkflowDefinition> loaded = WorkflowLoader.Load(path);
        WorkflowDefinition workflow = loaded.Definition ?? throw new InvalidFileException(context.Shorten(path), loaded.Diagnostics);
        DrawnGraph graph = WorkflowDrawing.Of(workflow);
        context.Terminal.Lines.Write(format == Dot ? DotFormat.Write(graph) : MermaidFormat.Write(graph));
        return ExitCodes.Succeeded;
    }
}
