using AgentRouter.Workflows.Validation;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>What a node reader reads from.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Map">The node's mapping.</param>
/// <param name="Value">The value of the key that tells the kind; an empty scalar where it has none.</param>
/// <param name="Workflow">The workflow around it.</param>
internal sealed record NodeReading(string Name, MapReader Map, YamlNode Value, WorkflowReader Workflow)
{
    public YamlFile File => Map.File;

    public SourceMap Sources => Workflow.Session.Sources;

    /// <summary>Gets the mapping under the key that tells the kind: <c>human: { question: … }</c>.</summary>
    public MapReader Inner(string kind) => new(File, Value, $"'{kind}' of {Map.What}");
}
