using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Yaml;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Validation;

/// <summary>Knows where each part of a definition was written, so that checks of the finished definition can point at it.
/// Empty for definitions made in C#.</summary>
internal sealed class SourceMap
{
    private readonly Dictionary<object, (YamlFile File, YamlNode Node)> _sources = new(ReferenceEqualityComparer.Instance);

    public T Attach<T>(T part, YamlFile file, YamlNode node)
        where T : class
    {
        _sources[part] = (file, node);
        return part;
    }

    /// <summary>Finds where something within a part was written: the deepest of a path of keys and positions that is there.</summary>
    /// <param name="part">The part: a workflow, node, agent, edge, …</param>
    /// <param name="otherwise">The answer for parts made in C#.</param>
    /// <param name="path">Keys of mappings and, as <c>#3</c>, positions in lists.</param>
    public SourceLocation Locate(object part, SourceLocation otherwise, params ReadOnlySpan<string> path) =>
        _sources.TryGetValue(part, out var source) ? source.File.At(Walk(source.Node, path)) : otherwise;

    /// <summary>Tells whether a key was written in a part.</summary>
    public bool Has(object part, string key) => _sources.TryGetValue(part, out var source) && source.Node is YamlMappingNode map && YamlFile.ChildOf(map, key) is not null;

    /// <summary>Finds where the key at the end of a path was written.</summary>
    public SourceLocation LocateKey(object part, SourceLocation otherwise, params ReadOnlySpan<string> path)
    {
        if (!_sources.TryGetValue(part, out var source))
            return otherwise;
        YamlNode around = Walk(source.Node, path[..^1]);
        string key = path[^1];
        YamlNode? written = (around as YamlMappingNode)?.Children.Keys.FirstOrDefault(each => each is YamlScalarNode { Value: { } text } && text == key);
        return source.File.At(written ?? around);
    }

    /// <summary>Finds where a place in a text within a part was written.</summary>
    public SourceLocation LocateText(object part, SourceLocation otherwise, int position, params ReadOnlySpan<string> path) =>
        _sources.TryGetValue(part, out var source) ? source.File.At(Walk(source.Node, path), position) : otherwise;

    private static YamlNode Walk(YamlNode node, ReadOnlySpan<string> path)
    {
        foreach (string step in path)
        {
            YamlNode? next = node switch
            {
                YamlMappingNode map => YamlFile.ChildOf(map, step),
                YamlSequenceNode list when step is ['#', .. var digits] && int.TryParse(digits, out int at) && at < list.Children.Count => list.Children[at],
                _ => null,
            };
            if (next is null)
                return node;
            node = next;
        }

        return node;
    }
}
