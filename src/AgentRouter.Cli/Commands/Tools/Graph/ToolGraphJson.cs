using System.Text.Json;
using System.Text.Json.Serialization;
using AgentRouter.Tools.Healing;

namespace AgentRouter.Cli.Commands.Tools.Graph;

/// <summary>A tool graph and its ways as JSON for programs.</summary>
internal static class ToolGraphJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Writes it.</summary>
    public static Task WriteAsync(TextWriter writer, ShownToolGraph shown, IReadOnlyList<GoalWays> ways, IReadOnlyCollection<string> down, CancellationToken cancellationToken)
    {
        var graph = new
        {
            Graph = shown.Title,
            Facts = shown.Graph.Facts.Select(fact => new { fact.Name, Type = fact.Type.ToString(), fact.Description }),
            Tools = shown.Graph.Tools.Select(tool => new
            {
                tool.Name,
                tool.Tool,
                tool.Provides,
                tool.Needs,
                tool.Effect,
                tool.Risk,
                tool.Check,
                tool.Undo,
                tool.Cost,
                Usd = tool.Price.ToUsd(),
                IsDown = down.Contains(tool.Name),
            }),
            Goals = ways.Select(goal => new
            {
                goal.Now.Goal.Name,
                goal.Now.Goal.Needs,
                Way = Way(goal.Now),
                Without = goal.Without.Select(without => new { without.Tool, Way = Way(without.Way) }),
            }),
            shown.Notes,
        };
        return writer.WriteAsync((JsonSerializer.Serialize(graph, Options) + "\n").AsMemory(), cancellationToken);
    }

    private static object Way(GoalPreview way) => new
    {
        way.IsReached,
        Lesser = way.Lesser?.Name,
        way.Missing,
        Tools = way.Tools.Select(tool => tool.Name),
        way.Cost,
        way.LowerBound,
        way.IsCheapest,
    };
}
