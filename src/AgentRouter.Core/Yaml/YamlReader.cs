using System.Globalization;
using System.Text;
using AgentRouter.Configuration;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Yaml;

/// <summary>Reads one YAML file value by value and collects everything that is wrong with it, each with file:line:column.</summary>
/// <remarks>A value that is wrong is reported and read as its default, so that one pass finds all mistakes; <see cref="ThrowIfWrong"/> ends it.</remarks>
/// <param name="file">The file's name, for messages.</param>
internal sealed class YamlReader(string file)
{
    private const int MaxBytes = 1 << 20;
    private const int MaxProblems = 20;

    private readonly List<string> _problems = [];

    /// <summary>Reads a file's text, at most one mebibyte.</summary>
    /// <exception cref="ConfigurationException">The file is missing, too large, unreadable or not UTF-8.</exception>
    public static string ReadText(string path) =>
        TryReadText(path, out string problem) ?? throw new ConfigurationException($"{path}: {problem}");

    /// <summary>Reads a file's text, at most one mebibyte.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">Why it cannot be read, when it cannot.</param>
    public static string? TryReadText(string path, out string problem)
    {
        problem = "";
        try
        {
            var info = new FileInfo(path);
            if (info.Exists && info.Length > MaxBytes)
                problem = $"the file is larger than {MaxBytes:N0} bytes.";
            else
                return File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"the file cannot be read: {e.Message}";
        }
        catch (DecoderFallbackException)
        {
            problem = "the file is not UTF-8 text.";
        }

        return null;
    }

    /// <summary>Parses the text; its one document must be a mapping.</summary>
    /// <exception cref="ConfigurationException">It is not YAML, or not a mapping.</exception>
    public YamlMappingNode Parse(string text)
    {
        YamlStream stream;
        try
        {
            stream = BoundedParser.Load(text);
        }
        catch (YamlException e)
        {
            throw new ConfigurationException($"{At(e.Start)}: {e.Message}", e);
        }

        if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root)
            return root;
        throw new ConfigurationException($"{file}:1:1: the file must hold one YAML document of 'key: value' lines.");
    }

    /// <summary>Throws when anything was reported.</summary>
    /// <exception cref="ConfigurationException">All problems, one a line.</exception>
    public void ThrowIfWrong()
    {
        if (_problems.Count == 0)
            return;
        string more = _problems.Count > MaxProblems ? $"\n{file}: and {_problems.Count - MaxProblems} more" : "";
        throw new ConfigurationException(string.Join('\n', _problems.Take(MaxProblems)) + more);
    }

    /// <summary>Writes where a node is: file:line:column.</summary>
    public string At(YamlNode node) => At(node.Start);

    /// <summary>Reports a problem at a node.</summary>
    public void Report(YamlNode node, string message) => _problems.Add($"{At(node)}: {message}");

    /// <summary>Lists the entries of a mapping and reports keys that are not known.</summary>
    public IEnumerable<KeyValuePair<string, YamlNode>> Entries(YamlNode node, string what, params string[] known)
    {
        if (node is not YamlMappingNode mapping)
        {
            Report(node, $"{what} must be a mapping of 'key: value'.");
            yield break;
        }

        foreach ((YamlNode keyNode, YamlNode value) in mapping.Children)
        {
            if (keyNode is not YamlScalarNode { Value: { Length: > 0 } key })
                Report(keyNode, $"a key of {what} must be a plain name.");
            else if (known.Length > 0 && !known.Contains(key))
                Report(keyNode, $"{what} has no key '{key}'; the keys are {string.Join(", ", known)}.");
            else
                yield return new(key, value);
        }
    }

    /// <summary>Lists a value's items: those of a list, or the value itself.</summary>
    public static IEnumerable<YamlNode> Items(YamlNode node) => node is YamlSequenceNode list ? list.Children : [node];

    /// <summary>Reads a text.</summary>
    public string Text(YamlNode node, string what)
    {
        if (node is YamlScalarNode { Value: { } value })
            return value;
        Report(node, $"{what} must be a text.");
        return "";
    }

    /// <summary>Reads a text or a list of texts, none of them empty.</summary>
    public IReadOnlyList<string> Texts(YamlNode node, string what)
    {
        List<string> texts = [];
        foreach (YamlNode item in Items(node))
        {
            string text = Text(item, what);
            if (text.Length > 0)
                texts.Add(text);
            else if (item is YamlScalarNode)
                Report(item, $"{what} is empty.");
        }

        return texts;
    }

    /// <summary>Reads a whole number in a range.</summary>
    public long Integer(YamlNode node, string what, long minimum, long maximum)
    {
        if (node is YamlScalarNode { Value: { } text } && long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            && value >= minimum && value <= maximum)
            return value;
        Report(node, $"{what} must be a whole number from {minimum.ToString(CultureInfo.InvariantCulture)} to {maximum.ToString(CultureInfo.InvariantCulture)}, but is {Shown(node)}.");
        return minimum;
    }

    /// <summary>Reads a time: a number and a unit, such as <c>5m</c>; units are ms, s, m, h.</summary>
    public TimeSpan Duration(YamlNode node, string what)
    {
        if (node is YamlScalarNode { Value: { } text } && TryDuration(text.Trim(), out TimeSpan value))
            return value;
        Report(node, $"{what} must be a time such as 30s, 5m or 1h, but is {Shown(node)}.");
        return TimeSpan.Zero;
    }

    /// <summary>Writes a value for a message, shortened.</summary>
    public static string Shown(YamlNode node) => node switch
    {
        YamlScalarNode { Value: { Length: > 60 } text } => $"'{text[..60]}…'",
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "a mapping",
    };

    /// <summary>Reads a time: a whole number and a unit.</summary>
    public static bool TryDuration(string text, out TimeSpan value)
    {
        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        value = TimeSpan.Zero;
        if (digits is <= 0 or > 7 || !int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return text == "0";
        TimeSpan? unit = text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => null,
        };
        value = number * (unit ?? TimeSpan.Zero);
        return unit is not null;
    }

    private string At(Mark mark) => string.Create(CultureInfo.InvariantCulture, $"{file}:{mark.Line}:{mark.Column}");
}
