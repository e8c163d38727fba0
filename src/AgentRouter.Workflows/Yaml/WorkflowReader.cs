using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.Route;
using AgentRouter.Workflows.Nodes.Tool;
using AgentRouter.Workflows.Validation;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads a workflow file. It reads form only; whether the parts fit together is checked by <see cref="WorkflowChecks"/>.</summary>
internal sealed class WorkflowReader(LoadSession session, YamlFile file)
{
    private const int MostVisits = 100_000_000;

    private readonly Dictionary<string, AgentDefinition> _agents = [];

    public LoadSession Session { get; } = session;

    /// <summary>Gets the agents that the workflow itself declares.</summary>
    public IReadOnlyDictionary<string, AgentDefinition> Agents => _agents;

    /// <summary>Gets what holds for calls of tools; read before the nodes.</summary>
    public ToolRules Tools { get; private set; } = new();

    public WorkflowDefinition Read(YamlMappingNode root) => Read(new MapReader(file, root, "the workflow"));

    public WorkflowDefinition Read(MapReader map)
    {
        string projectRoot = Session.RootOf(file.FullPath);
        ReadAgents(map.Map("agents"));
        Tools = ToolRulesReader.Read(map.Map("tools"), Session);
        var workflow = new WorkflowDefinition
        {
            Name = map.RequiredText("name", "name: a-short-name") ?? Path.GetFileNameWithoutExtension(file.FullPath),
            Description = map.Text("description"),
            Script = Script(map),
            Inputs = InputReader.Read(map.Map("inputs"), projectRoot, Session.Sources),
            Budget = BudgetReader.Read(map.Map("budget"), Session.Sources),
            Tools = Tools,
            Skills = SkillsReader.ReadDefaults(map, Session.Sources),
            Memory = MemoryReader.Read(map, Session.Sources),
            Context = ContextReader.Read(map, Session.Sources),
            Router = RouterReader.Read(map.Map("router"), Session.Sources),
            Nodes = ReadNodes(map),
            Start = map.Text("start"),
            MaxVisits = (int)(map.Integer("maxVisits", 1, MostVisits) ?? WorkflowDefinition.DefaultMaxVisits),
            ProjectRoot = projectRoot,
            Location = map.Location,
        };
        map.Finish();
        return Session.Sources.Attach(workflow, file, map.Node);
    }

    /// <summary>Reads a node by the key that tells its kind.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="key">Where its name is written; the mapping where it has none.</param>
    /// <param name="value">Its mapping.</param>
    /// <param name="isInner">Whether it is a branch or the body of a map, which have no way on of their own.</param>
    public NodeDefinition ReadNode(string name, YamlNode key, YamlNode value, bool isInner)
    {
        var map = new MapReader(file, value, $"node '{name}'", key);
        List<INodeReader> kinds = [.. NodeReaders.All.Where(reader => reader.Keys.Any(map.Has))];
        NodeDefinition? node = null;
        if (kinds is [var reader])
            node = reader.Read(new NodeReading(name, map, map.FindOrNull(reader.Keys.First(map.Has))!, this));
        else
            ReportKind(map, kinds);
        node = Common(node ?? new UnreadNode { Name = name }, map, isInner);
        if (kinds.Count == 1)
            map.Finish();
        return Session.Sources.Attach(node, file, value);
    }

    private NodeDefinition Common(NodeDefinition node, MapReader map, bool isInner)
    {
        node = node with
        {
            Description = map.Text("description"),
            Verify = map.Condition("verify"),
            Timeout = map.Duration("timeout") ?? node.Timeout,
            Retry = node is AgentNode or RouteNode or ToolNode ? NodeRetryReader.Read(map.Map("retry")) : null,
            Location = map.Location,
        };
        if (isInner)
        {
            foreach (string key in new[] { "next", "onError", "output" })
            {
                if (map.Find(key) is { } wrong)
                    file.Error(wrong, $"A node inside another one has no '{key}'.", "Give it to the node around it.");
            }

            return node;
        }

        YamlNode? next = map.Find("next");
        if (next is not null && node.Next.Count > 0)
            file.Error(next, $"{MapReader.Capital(map.What)} has its ways on twice.", "Write them under 'branch' or under 'next', not both.");
        return node with
        {
            Output = map.Text("output"),
            OnError = map.Text("onError"),
            Next = node.Next.Count > 0 ? node.Next : EdgeReader.Read(file, next, map.Of("next"), Session.Sources),
        };
    }

    private void ReadAgents(MapReader? map)
    {
        foreach ((string name, YamlNode key, YamlNode value) in map?.All() ?? [])
        {
            _agents[name] = value is YamlScalarNode { Value: { Length: > 0 } path }
                ? Session.Agent(file, value, path, new Dictionary<string, AgentDefinition>()) ?? LoadSession.StandIn(name)
                : AgentReader.Read(new MapReader(file, value, $"agent '{name}'", key), name, Session.Sources);
        }
    }

    private List<NodeDefinition> ReadNodes(MapReader map)
    {
        List<NodeDefinition> nodes = [];
        if (map.Require("nodes", "nodes: { NAME: { … } }") is null)
            return nodes;
        foreach ((string name, YamlNode key, YamlNode value) in map.Map("nodes")!.All())
            nodes.Add(ReadNode(name, key, value, isInner: false));
        return nodes;
    }

    private string? Script(MapReader map)
    {
        if (map.Text("script") is not { } path)
            return null;
        string? full = ProjectFolder.Resolve(file.Folder, path);
        if (full is null || !File.Exists(full))
            file.Error(map.Find("script")!, $"There is no script file '{path}'.", "The path starts at this file's folder.");
        return full;
    }

    private void ReportKind(MapReader map, List<INodeReader> kinds)
    {
        if (map.Node is not YamlMappingNode)
        {
            if (YamlFile.IsNull(map.Node))
                file.Error(map.Name, $"{MapReader.Capital(map.What)} is empty.", "Say what it is: agent: NAME, tool: NAME, end: succeeded, …");
            return;
        }

        if (kinds.Count > 1)
        {
            file.Error(map.Name, $"{MapReader.Capital(map.What)} is {string.Join(" and ", kinds.Select(kind => kind.Kind))} at once.", "Keep one of these keys.");
            return;
        }

        IEnumerable<string> all = NodeReaders.All.SelectMany(reader => reader.Keys);
        foreach ((string key, YamlNode keyNode, _) in map.All())
        {
            if (Suggestions.Suggestion.Nearest(key, all) is not { } meant || key is "next" or "output" or "verify")
                continue;
            file.Error(keyNode, $"{MapReader.Capital(map.What)} has no key '{key}'.", $"Did you mean '{meant}'?");
            return;
        }

        file.Error(map.Name, $"{MapReader.Capital(map.What)} does not say what it is.", $"Add one of the keys {string.Join(", ", all)}.");
    }
}
