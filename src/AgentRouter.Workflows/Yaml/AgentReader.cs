using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads an agent: a file under <c>agents/</c>, or a mapping in a workflow.</summary>
internal static class AgentReader
{
    private const int MostCalls = 1_000;
    private const int MostTokens = 10_000_000;

    /// <param name="map">The mapping.</param>
    /// <param name="fallbackName">The name when it says none.</param>
    /// <param name="sources">Learns where things are.</param>
    public static AgentDefinition Read(MapReader map, string fallbackName, SourceMap sources)
    {
        var instructions = map.Require("instructions", "instructions: what the agent is to do");
        var agent = new AgentDefinition
        {
            Name = map.Text("name") ?? fallbackName,
            Role = map.Text("role") ?? "executor",
            Description = map.Text("description"),
            Instructions = (instructions is null ? null : map.Template("instructions")) ?? Template.Parse("", ExpressionNames.Unchecked),
            Tools = map.Texts("tools") ?? [],
            Tiers = map.Texts("tiers"),
            OutputSchema = TypeReader.Fields(map.File, map.Find("outputSchema"), map.Of("outputSchema")),
            MaxCalls = (int)(map.Integer("maxCalls", 1, MostCalls) ?? AgentDefinition.DefaultMaxCalls),
            MaxOutputTokens = (int?)map.Integer("maxOutputTokens", 1, MostTokens),
            Temperature = (float?)map.Number("temperature", 0, 2),
            Skills = SkillsReader.Read(map, sources),
            Memory = MemoryReader.Read(map, sources),
            Context = ContextReader.Read(map, sources),
            Location = map.Location,
        };
        map.Finish();
        return sources.Attach(agent, map.File, map.Node);
    }
}
