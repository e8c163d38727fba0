using System.Globalization;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using AgentRouter.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>One YAML file while it is read: its text, its name in messages, and where its mistakes are collected.</summary>
internal sealed class YamlFile
{
    private readonly string _text;

    private YamlFile(string path, string name, string text, DiagnosticBag diagnostics)
    {
        FullPath = path;
        Name = name;
        _text = text;
        Diagnostics = diagnostics;
    }

    /// <summary>Gets the absolute path.</summary>
    public string FullPath { get; }

    /// <summary>Gets the name in messages.</summary>
    public string Name { get; }

    public DiagnosticBag Diagnostics { get; }

    public string Folder => Path.GetDirectoryName(FullPath)!;

    /// <summary>Reads a file; what cannot be read or parsed is reported.</summary>
    /// <returns>The file and its top mapping, or <see langword="null"/>.</returns>
    public static (YamlFile File, YamlMappingNode Root)? Open(string path, string name, DiagnosticBag diagnostics)
    {
        if (YamlReader.TryReadText(path, out string problem) is not { } text)
        {
            diagnostics.Error(new SourceLocation(name, 0, 0), char.ToUpperInvariant(problem[0]) + problem[1..]);
            return null;
        }

        return Parse(text, path, name, diagnostics);
    }

    public static (YamlFile File, YamlMappingNode Root)? Parse(string text, string path, string name, DiagnosticBag diagnostics)
    {
        var file = new YamlFile(path, name, text, diagnostics);
        try
        {
            YamlStream stream = BoundedParser.Load(text, file.Twice);
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                return (file, root);
            diagnostics.Error(new SourceLocation(name, 1, 1), "The file should hold one YAML document of 'key: value' lines.");
        }
        catch (YamlException e)
        {
            var location = new SourceLocation(name, (int)Math.Max(1, e.Start.Line), (int)Math.Max(1, e.Start.Column));
            diagnostics.Error(location, $"This is not YAML: {e.Message.TrimEnd('.')}.", HintFor(text, location.Line));
        }

        return null;
    }

    public SourceLocation At(YamlNode node) => At(node.Start.Line, node.Start.Column);

    /// <summary>Finds a place in a scalar's text in the file.</summary>
    /// <remarks>The text and the file are walked side by side, past what only the file has: quotes, indentation, escapes.</remarks>
    public SourceLocation At(YamlNode node, int position)
    {
        if (node is not YamlScalarNode { Value: { } value } scalar || position > value.Length)
            return At(node);
        int at = (int)node.Start.Index;
        int end = (int)Math.Min(node.End.Index, _text.Length);
        if (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
            at = _text.IndexOf('\n', at) + 1;
        else if (scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted)
            at++;
        for (int i = 0; i < position; i++)
        {
            if (!char.IsWhiteSpace(value[i]))
                at = Find(value[i], at, end) + 1;
        }

        if (position < value.Length && !char.IsWhiteSpace(value[position]))
            at = Find(value[position], at, end);
        return Place(at);
    }

    public void Error(YamlNode node, string message, string? suggestion = null) => Diagnostics.Error(At(node), message, suggestion);

    public void Warning(YamlNode node, string message, string? suggestion = null) => Diagnostics.Warning(At(node), message, suggestion);

    public void Unknown(YamlNode node, string message, string word, IEnumerable<string> known) =>
        Error(node, message, Suggestion.Sentence(word, known));

    public static YamlNode? ChildOf(YamlMappingNode map, string key)
    {
        foreach ((YamlNode name, YamlNode value) in map.Children)
        {
            if (name is YamlScalarNode { Value: { } text } && text == key)
                return value;
        }

        return null;
    }

    /// <summary>Tells whether nothing was written.</summary>
    public static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    /// <summary>Writes a value for a message, shortened.</summary>
    public static string Shown(YamlNode node) => IsNull(node) ? "empty" : YamlReader.Shown(node);

    private void Twice(Mark first, Scalar again) => Diagnostics.Error(
        At(again.Start.Line, again.Start.Column),
        string.Create(CultureInfo.InvariantCulture, $"{YamlReader.Shown(new YamlScalarNode(again.Value))} is here twice; the first is in line {first.Line}."),
        "Give one of them another name, or delete it.");

    private SourceLocation Place(int index)
    {
        index = Math.Clamp(index, 0, _text.Length);
        ReadOnlySpan<char> before = _text.AsSpan(0, index);
        int line = before.Count('\n') + 1;
        int column = index - before.LastIndexOf('\n');
        return new SourceLocation(Name, line, column);
    }

    private SourceLocation At(long line, long column) => new(Name, (int)line, (int)column);

    /// <summary>Tells the mistake that workflow files invite: braces that YAML takes for a mapping.</summary>
    private static string? HintFor(string text, int line) =>
        text.Split('\n').ElementAtOrDefault(line - 1)?.Contains("{{", StringComparison.Ordinal) == true ? "Texts with double braces go in quotes." : null;

    private int Find(char c, int from, int end)
    {
        int at = from < end ? _text.IndexOf(c, from, end - from) : -1;
        return at < 0 ? Math.Min(from, end) : at;
    }
}
