using AgentRouter.Expressions;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Definitions;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads a mapping key by key. Every key that is asked for is a known key; <see cref="Finish"/> reports the rest.</summary>
/// <remarks>A value that is wrong is reported and read as missing, so that one pass finds all mistakes.</remarks>
internal sealed class MapReader
{
    private readonly YamlMappingNode? _map;
    private readonly List<string> _known = [];

    /// <summary>Makes a reader; a node that is no mapping is reported and read as an empty one.</summary>
    /// <param name="file">The file.</param>
    /// <param name="node">The mapping.</param>
    /// <param name="what">What it is, for messages: <c>node 'plan'</c>.</param>
    /// <param name="name">Its own key, where messages about the whole point; the mapping itself when it has none.</param>
    public MapReader(YamlFile file, YamlNode node, string what, YamlNode? name = null)
    {
        Name = name ?? node;
        File = file;
        Node = node;
        What = what;
        _map = node as YamlMappingNode;
        if (_map is null && !YamlFile.IsNull(node))
            file.Error(node, $"{Capital(what)} should be a mapping of 'key: value', but is {YamlFile.Shown(node)}.");
    }

    public YamlFile File { get; }

    public YamlNode Node { get; }

    /// <summary>Gets what messages about the whole point at.</summary>
    public YamlNode Name { get; }

    public string What { get; }

    /// <summary>Gets the keys that were asked for so far.</summary>
    public IReadOnlyList<string> Known => _known;

    public SourceLocation Location => File.At(Name);

    private IEnumerable<KeyValuePair<YamlNode, YamlNode>> Entries => _map is null ? [] : _map.Children;

    /// <summary>Lists all entries; every key is known. A key that is no name is reported.</summary>
    public IEnumerable<(string Key, YamlNode KeyNode, YamlNode Value)> All()
    {
        foreach ((YamlNode keyNode, YamlNode value) in Entries)
        {
            if (keyNode is YamlScalarNode { Value: { Length: > 0 } key })
            {
                _known.Add(key);
                yield return (key, keyNode, value);
            }
            else
            {
                File.Error(keyNode, $"A key of {What} should be a name.");
            }
        }
    }

    /// <summary>Finds a value; a key without one counts as missing.</summary>
    public YamlNode? Find(string key)
    {
        YamlNode? value = FindOrNull(key);
        return value is null || YamlFile.IsNull(value) ? null : value;
    }

    /// <summary>Finds a value that may be empty: <c>branch:</c>.</summary>
    public YamlNode? FindOrNull(string key)
    {
        if (!_known.Contains(key))
            _known.Add(key);
        return _map is null ? null : YamlFile.ChildOf(_map, key);
    }

    public bool Has(string key) => _map is not null && YamlFile.ChildOf(_map, key) is not null;

    /// <summary>Finds a value that must be there.</summary>
    public YamlNode? Require(string key, string example)
    {
        YamlNode? value = Find(key);
        if (value is null)
            File.Error(Name, $"{Capital(What)} has no '{key}'.", $"Add {example}.");
        return value;
    }

    /// <summary>Reads a folder, as it was written from the file's own folder, and makes it absolute.</summary>
    public string? Folder(string key) => PathOf(key);

    /// <summary>Reads a file that is there, as it was written from the file's own folder, and makes it absolute.</summary>
    /// <param name="key">The key.</param>
    /// <param name="help">How such a file is made.</param>
    public string? ExistingFile(string key, string help)
    {
        string? path = PathOf(key);
        if (path is null || System.IO.File.Exists(path))
            return path;
        File.Error(Find(key)!, $"There is no file '{Text(key)}'.", help);
        return null;
    }

    private string? PathOf(string key)
    {
        if (Text(key) is not { } path)
            return null;
        string? full = ProjectFolder.Resolve(File.Folder, path);
        if (full is null)
            File.Error(Find(key)!, $"'{path}' is not a path.");
        return full;
    }

    public string? Text(string key) => Find(key) is { } value ? Values.Text(File, value, Of(key)) : null;

    public string? RequiredText(string key, string example) => Require(key, example) is { } value ? Values.Text(File, value, Of(key)) : null;

    public bool? Boolean(string key) => Find(key) is { } value ? Values.Boolean(File, value, Of(key)) : null;

    public long? Integer(string key, long minimum, long maximum) =>
        Find(key) is { } value ? Values.Integer(File, value, Of(key), minimum, maximum) : null;

    public decimal? Number(string key, decimal minimum, decimal maximum) =>
        Find(key) is { } value ? Values.Number(File, value, Of(key), minimum, maximum) : null;

    public TimeSpan? Duration(string key) => Find(key) is { } value ? Values.Duration(File, value, Of(key)) : null;

    /// <summary>Reads a list of texts; one text stands for a list of one.</summary>
    public IReadOnlyList<string>? Texts(string key) => Find(key) is { } value ? Values.Texts(File, value, Of(key)) : null;

    public Template? Template(string key) => Find(key) is { } value ? Values.Template(File, value, Of(key)) : null;

    public Expression? Condition(string key) => Find(key) is { } value ? Values.Expression(File, value, Of(key), isCondition: true) : null;

    /// <summary>Reads one of some words as it is.</summary>
    public string? Word(string key, params IReadOnlyList<string> words) =>
        Choice(key, words.Select((word, place) => (word, place)).ToDictionary(each => each.word, each => each.place)) is { } place ? words[place] : null;

    /// <summary>Reads one of some words.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Find(key) is not { } value || Values.Text(File, value, Of(key)) is not { } word)
            return null;
        if (words.TryGetValue(word, out T choice))
            return choice;
        string? meant = Suggestion.Nearest(word, words.Keys);
        File.Error(value, $"{Capital(Of(key))} should be {string.Join(" or ", words.Keys)}, but is {YamlFile.Shown(value)}.", meant is null ? null : $"Did you mean '{meant}'?");
        return null;
    }

    /// <summary>Reads a mapping within this one.</summary>
    public MapReader? Map(string key) => Find(key) is { } value ? new MapReader(File, value, Of(key)) : null;

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Finish()
    {
        foreach ((YamlNode keyNode, _) in Entries)
        {
            if (keyNode is not YamlScalarNode { Value: { } key })
                File.Error(keyNode, $"A key of {What} should be a name.");
            else if (!_known.Contains(key))
                File.Unknown(keyNode, $"{Capital(What)} has no key '{key}'.", key, _known);
        }
    }

    public string Of(string key) => $"'{key}' of {What}";

    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
