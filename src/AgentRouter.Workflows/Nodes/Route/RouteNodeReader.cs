using System.Globalization;
using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Nodes.Route;

/// <summary><c>route: [ { agent: coder, when: … }, { agent: researcher }, { skip: true } ]</c> with <c>prompt</c>, <c>kind</c>,
/// <c>fanOut</c>, <c>refiner</c>.</summary>
internal sealed class RouteNodeReader : NodeReader<RouteNode>
{
    private const int MostAtOnce = 16;

    private const string RefinerKey = "refiner";
    private const string FanOutKey = "fanOut";

    public override string Kind => RouteNode.KindName;

    public override RouteNode Read(NodeReading reading)
    {
        MapReader map = reading.Map;
        return new RouteNode
        {
            Name = reading.Name,
            Candidates = Candidates(reading),
            Prompt = map.Template("prompt"),
            TaskKind = map.Template("kind"),
            FanOut = (int)(map.Integer(FanOutKey, 1, MostAtOnce) ?? 1),
            Refiner = map.Find(RefinerKey) is { } refiner
                ? AgentNodeReader.ReadAgent(reading, refiner, map.Of(RefinerKey), $"the refiner of node '{reading.Name}'") ?? LoadSession.StandIn(RefinerKey)
                : null,
        };
    }

    public override void Check(RouteNode node, NodeChecking checking)
    {
        checking.Template(node, node.Prompt, "prompt");
        checking.Template(node, node.TaskKind, "kind");
        foreach (AgentDefinition agent in node.Agents.Distinct())
            checking.Agent(agent, node);
        foreach (RouteCandidate candidate in node.Candidates)
            checking.Condition(candidate, candidate.Location, candidate.When, "when");
        if (node.Candidates.All(candidate => candidate.IsSkip))
            checking.Error(node, "A route node has at least one agent to choose.", "Add { agent: NAME }.", RouteNode.KindName);
        else
            CheckChoice(node, checking);
        CheckFanOut(node, checking);
    }

    private static void CheckChoice(RouteNode node, NodeChecking checking)
    {
        var names = new HashSet<string>();
        RouteCandidate? skip = null;
        foreach (RouteCandidate candidate in node.Candidates)
        {
            if (candidate.Agent is { Name: RouteNode.SkipName })
                checking.Error(candidate, $"An agent named '{RouteNode.SkipName}' cannot be a candidate: the name stands for doing nothing.", "Write { skip: true }, or give the agent another name.");
            else if (!candidate.IsSkip && !names.Add(candidate.Name))
                checking.Error(candidate, $"There are two candidates '{candidate.Name}'.", "Join their conditions with 'or'; give agents that are written here names.");
            if (skip is not null)
                checking.Warning(candidate, $"The candidate '{candidate.Name}' is never chosen: the skip before it has no condition.", "Move the skip to the end, or give it a 'when'.");
            if (candidate is { IsSkip: true, When: null })
                skip ??= candidate;
        }

        if (node.Candidates.All(candidate => candidate.When is not null))
            checking.Warning(node.Candidates[^1], $"Node '{node.Name}' fails if none of these conditions holds.", "Add a candidate without 'when', or { skip: true }.");
    }

    private static void CheckFanOut(RouteNode node, NodeChecking checking)
    {
        int agents = node.Candidates.Count(candidate => !candidate.IsSkip);
        if (node.FanOut > 1 && node.Refiner is null)
            checking.Error(node, string.Create(CultureInfo.InvariantCulture, $"Node '{node.Name}' may ask {node.FanOut} agents at once, but nobody merges their answers."), "Add refiner: AGENT.", FanOutKey);
        else if (node.FanOut > 1 && node.FanOut > agents)
            checking.Error(node, string.Create(CultureInfo.InvariantCulture, $"'fanOut' is {node.FanOut}, but the agents to choose from are {agents}."), null, FanOutKey);
        else if (node.FanOut < 2 && node.Refiner is not null)
            checking.Error(node, $"Node '{node.Name}' has a refiner, but asks one agent at a time.", "Add fanOut: 2.", RefinerKey);
    }

    private static List<RouteCandidate> Candidates(NodeReading reading)
    {
        if (reading.Value is YamlSequenceNode list)
            return [.. list.Children.Select(item => Candidate(reading, item)).OfType<RouteCandidate>()];
        reading.File.Error(reading.Value, $"{MapReader.Capital(reading.Map.Of(RouteNode.KindName))} should be a list of candidates.", "Write route: [ { agent: NAME, when: \"…\" }, { agent: NAME }, { skip: true } ].");
        return [];
    }

    private static RouteCandidate? Candidate(NodeReading reading, YamlNode item)
    {
        var map = new MapReader(reading.File, item, $"the candidate of node '{reading.Name}'");
        Expression? when = map.Condition("when");
        // a condition that could not be read must not look like one that always holds
        if (when is null && map.Has("when"))
            when = EdgeReader.Never;
        YamlNode? agent = map.Find(AgentNode.KindName);
        bool? skip = map.Boolean(RouteNode.SkipName);
        map.Finish();
        if (map.Node is not YamlMappingNode)
            return null;
        if (agent is null == skip is null || skip is false)
        {
            reading.File.Error(map.Name, $"{MapReader.Capital(map.What)} is an agent or a skip, one of them.", "Write { agent: NAME } or { skip: true }.");
            return null;
        }

        AgentDefinition? chosen = agent is null ? null : AgentNodeReader.ReadAgent(reading, agent, map.Of(AgentNode.KindName), map.What);
        if (agent is not null)
            chosen ??= LoadSession.StandIn(agent.ToString());
        return reading.Sources.Attach(new RouteCandidate(chosen, when, map.Location), reading.File, item);
    }
}
