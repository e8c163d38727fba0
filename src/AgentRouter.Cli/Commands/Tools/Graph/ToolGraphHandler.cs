using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Presentation;
using AgentRouter.Suggestions;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Workflows.Drawing;
using AgentRouter.Workflows.Yaml.ToolGraphs;

namespace AgentRouter.Cli.Commands.Tools.Graph;

/// <summary>Shows a tool graph.</summary>
internal sealed class ToolGraphHandler(CliContext context, ToolGraphOptions options)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        bool isTable = options.Format == ToolGraphFormat.Table;
        if (options.Output is not null && (isTable || options.IsJson))
            throw new UsageException("--out takes --format mermaid, dot or yaml.");
        if (options.IsJson && !isTable)
            throw new UsageException("--json is a format of its own. Leave out --format.");
        string? output = options.Output is { } named ? OutputFile.Check(context, named, options.File is { } file ? [file] : []) : null;
        ShownToolGraph shown = await ShownToolGraph.FindAsync(context, options, cancellationToken);
        string[] down = [.. options.Down.Select(name => ToolNamed(shown.Graph, name)).Distinct()];
        CapabilityGoal[] goals = [.. Goals(shown.Graph)];
        if (shown.Warnings.Count > 0)
            new DiagnosticsScreen(context.Terminal.Error, context).Show(shown.Warnings);
        if (options.IsJson)
            await ToolGraphJson.WriteAsync(context.Terminal.Lines, shown, Ways(shown.Graph, goals, down), down, cancellationToken);
        else if (isTable)
            new ToolGraphScreen(context.Terminal.Output).Show(shown, Ways(shown.Graph, goals.Take(ToolGraphScreen.MostGoals), down), goals.Length, down);
        else
            await WriteAsync(Text(shown, goals, down), output, cancellationToken);
        return ExitCodes.Succeeded;
    }

    private static GoalWays[] Ways(CapabilityGraph graph, IEnumerable<CapabilityGoal> goals, IReadOnlyCollection<string> down) => [.. goals.Select(goal => GoalWays.Of(graph, goal, down))];

    private string Text(ShownToolGraph shown, CapabilityGoal[] goals, string[] down)
    {
        if (options.Format == ToolGraphFormat.Yaml)
            return ToolGraphWriter.Write(shown.Graph);
        // one goal that is named is marked; of several, nobody could tell whose way it is
        CapabilityTool[] path = options.Goals.Count > 0 && goals is [var goal] ? [.. GoalPreview.Of(shown.Graph, goal, down).Tools] : [];
        DrawnGraph drawn = ToolGraphDrawing.Of(shown.Graph, options.File is null ? shown.Title : Path.GetFileNameWithoutExtension(shown.Title), health: null, down, path);
        return options.Format == ToolGraphFormat.Dot ? DotFormat.Write(drawn) : MermaidFormat.Write(drawn);
    }

    private Task WriteAsync(string text, string? output, CancellationToken cancellationToken) =>
        output is null ? context.Terminal.Lines.WriteAsync(text.AsMemory(), cancellationToken) : File.WriteAllTextAsync(output, text, cancellationToken);

    private IEnumerable<CapabilityGoal> Goals(CapabilityGraph graph)
    {
        if (options.Goals.Count == 0)
            return graph.Goals.Count > 0 ? graph.Goals : graph.Capabilities.Select(capability => graph.FindGoal(capability)!);
        return options.Goals.Distinct().Select(name => graph.FindGoal(name)
            ?? throw new UsageException($"There is no goal or capability '{name}'. {Suggestion.Sentence(name, graph.Goals.Select(goal => goal.Name).Union(graph.Capabilities))}"));
    }

    private static string ToolNamed(CapabilityGraph graph, string name) =>
        (graph.FindTool(name) ?? graph.Tools.FirstOrDefault(tool => tool.Tool == name))?.Name
        ?? throw new UsageException($"There is no tool '{name}' in the graph. {Suggestion.Sentence(name, graph.Tools.Select(tool => tool.Name))}");
}
