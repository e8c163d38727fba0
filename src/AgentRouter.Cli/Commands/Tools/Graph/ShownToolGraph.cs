using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Configuration;
using AgentRouter.Suggestions;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Capabilities.Import;
using AgentRouter.Tools.Mcp;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using AgentRouter.Workflows.Yaml.ToolGraphs;

namespace AgentRouter.Cli.Commands.Tools.Graph;

/// <summary>A tool graph that is shown, and where it is from.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Graph">The graph.</param>
/// <param name="Warnings">What is odd about its files.</param>
/// <param name="Notes">What could not be made of tools.</param>
internal sealed record ShownToolGraph(string Title, CapabilityGraph Graph, IReadOnlyList<Diagnostic> Warnings, IReadOnlyList<string> Notes)
{
    /// <summary>Reads the graph that was asked for.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    /// <exception cref="InvalidFileException">A file cannot be used.</exception>
    /// <exception cref="ToolException">No server could be opened.</exception>
    public static async Task<ShownToolGraph> FindAsync(CliContext context, ToolGraphOptions options, CancellationToken cancellationToken)
    {
        if (options.File is null == (options.Servers.Count == 0))
            throw new UsageException(options.File is null ? "Name a tool graph or a workflow, or a server with --mcp." : "Name a file or servers with --mcp, not both.");
        return options.File is { } file ? OfFile(context, file, options.Configuration) : await OfServersAsync(context, options, cancellationToken);
    }

    private static ShownToolGraph OfFile(CliContext context, string file, string? configurationFile)
    {
        string path = WorkflowProject.FindFile(context, file);
        var against = new WorkflowLoadOptions { Configuration = ConfigurationFile.Read(context, configurationFile, path)?.Definition };
        string title = context.Shorten(path);
        switch (FileKinds.Of(path))
        {
            case YamlFileKind.ToolGraph:
                LoadResult<CapabilityGraph> graph = ToolGraphLoader.Load(path, against);
                return new ShownToolGraph(title, graph.Definition ?? throw new InvalidFileException(title, graph.Diagnostics), graph.Diagnostics, []);
            case YamlFileKind.Workflow:
                LoadResult<WorkflowDefinition> workflow = WorkflowLoader.Load(path, against);
                ToolRules tools = (workflow.Definition ?? throw new InvalidFileException(title, workflow.Diagnostics)).Tools;
                return new ShownToolGraph(title, tools.Graph ?? throw new UsageException($"The workflow {title} names no tool graph. Name one in it, tools: {{ graph: tools/NAME.yaml }}, or give the graph's file."), workflow.Diagnostics, []);
            default:
                throw new UsageException($"{title} is neither a tool graph nor a workflow.");
        }
    }

    private static async Task<ShownToolGraph> OfServersAsync(CliContext context, ToolGraphOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, McpServerSettings> known = ConfigurationFile.Read(context, options.Configuration, context.CurrentFolder)?.Definition?.McpServers ?? new Dictionary<string, McpServerSettings>();
        if (options.Servers.FirstOrDefault(name => !known.ContainsKey(name)) is { } unknown)
            throw new UsageException($"There is no MCP server '{unknown}'. {Suggestion.Sentence(unknown, known.Keys) ?? $"Add it under 'mcp:' in {ConfigurationLoader.FileName}."}");
        IToolSource[] sources = [.. options.Servers.Distinct().Select(name => new McpToolSource(known[name]))];
        var opened = new ToolContext { RunId = "tools-graph", TimeProvider = context.TimeProvider };
        CapabilityImport import = await CapabilityImport.FromSourcesAsync(sources, opened, options: null, cancellationToken);
        if (import.Graph.Tools.Count == 0)
            throw new ToolException(import.Notes.Count > 0 ? string.Join(" ", import.Notes) : "These servers have no tools.");
        return new ShownToolGraph(string.Join(", ", sources.Select(source => source.Name)), import.Graph, [], import.Notes);
    }
}
