using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads the ways on from a node: a name, or a list of <c>{ when: …, to: … }</c>.</summary>
internal static class EdgeReader
{
    public static IReadOnlyList<EdgeDefinition> Read(YamlFile file, YamlNode? node, string what, SourceMap sources)
    {
        switch (node)
        {
            case null:
                return [];
            case YamlScalarNode { Value: { } to }:
                return [sources.Attach(new EdgeDefinition(to, null, file.At(node)), file, node)];
            case YamlSequenceNode list:
                return [.. list.Children.Select(item => One(file, item, what, sources)).OfType<EdgeDefinition>()];
            default:
                file.Error(node, $"{MapReader.Capital(what)} should be the name of a node or a list.", "Write next: NODE, or next: [ { when: \"…\", to: NODE }, { to: NODE } ].");
                return [];
        }
    }

    private static EdgeDefinition? One(YamlFile file, YamlNode item, string what, SourceMap sources)
    {
        if (item is YamlScalarNode { Value: { } name } && !YamlFile.IsNull(item))
            return sources.Attach(new EdgeDefinition(name, null, file.At(item)), file, item);
        var map = new MapReader(file, item, $"the way in {what}");
        var when = map.Condition("when");
        string? to = map.RequiredText("to", "to: NODE");
        bool isBroken = map.Has("when") && when is null;
        map.Finish();
        if (to is null)
            return null;
        // a condition that could not be read must not look like an unconditional way
        return sources.Attach(new EdgeDefinition(to, isBroken ? Never : when, map.Location), file, item);
    }

    /// <summary>Gets a condition that never holds.</summary>
    public static Expressions.Expression Never { get; } = Expressions.Expression.Parse("false", Expressions.ExpressionNames.Unchecked);
}
