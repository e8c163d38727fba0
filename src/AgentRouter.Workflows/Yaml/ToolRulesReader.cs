using AgentRouter.Tools.Capabilities;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Yaml.ToolGraphs;
using AgentRouter.Yaml;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads what a workflow says of calling tools: <c>tools: { graph: tools/support.yaml, approve: [mcp.pay.*], onDoubt: ask }</c>.</summary>
internal static class ToolRulesReader
{
    private static readonly Dictionary<string, OnDoubt> Doubts = new() { ["ask"] = OnDoubt.Ask, ["again"] = OnDoubt.Again, ["fail"] = OnDoubt.Fail };

    public static ToolRules Read(MapReader? map, LoadSession session)
    {
        var rules = new ToolRules();
        if (map is null)
            return rules;
        (CapabilityGraph? graph, IReadOnlyList<string> files) = Graph(map, session);
        rules = new ToolRules
        {
            Graph = graph,
            GraphFiles = files,
            Approve = map.Texts("approve") ?? rules.Approve,
            OnDoubt = map.Choice("onDoubt", Doubts) ?? rules.OnDoubt,
        };
        map.Finish();
        return rules;
    }

    private static (CapabilityGraph? Graph, IReadOnlyList<string> Files) Graph(MapReader map, LoadSession session)
    {
        List<ToolGraphPart> parts = [];
        List<string> files = [];
        bool isWhole = true;
        foreach (YamlNode item in map.Find("graph") is { } written ? YamlReader.Items(written) : [])
        {
            if (Values.Text(map.File, item, map.Of("graph")) is not { } path || File(map.File, item, path) is not { } file)
            {
                isWhole = false;
            }
            else if (!files.Contains(file))
            {
                files.Add(file);
                if (session.ToolGraph(file, ProjectFolder.Display(file)) is { } part)
                    parts.Add(part);
                else
                    isWhole = false;
            }
        }

        // what is in a file that cannot be read is not missing in the others
        return isWhole && parts.Count > 0 ? (new ToolGraphAssembly(session).Build(parts), files) : (null, files);
    }

    private static string? File(YamlFile from, YamlNode item, string path)
    {
        string? full = ProjectFolder.Resolve(from.Folder, path);
        if (full is not null && System.IO.File.Exists(full))
            return full;
        IEnumerable<string> near = full is null ? [] : ProjectFolder.YamlFiles(Path.GetDirectoryName(full)!).Select(other => Path.GetRelativePath(from.Folder, other).Replace('\\', '/'));
        from.Error(item, $"There is no tool graph file '{path}'.", Suggestions.Suggestion.Sentence(path, near) ?? "The path starts at this file's folder.");
        return null;
    }
}
