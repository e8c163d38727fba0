using AgentRouter.Suggestions;
using AgentRouter.Yaml;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Skills.Sources;

/// <summary>Reads and checks the front matter of a SKILL.md file.</summary>
/// <param name="file">The file as problems name it.</param>
/// <param name="folder">The name of its folder.</param>
internal sealed class SkillHeader(string file, string folder)
{
    private static readonly string[] Keys = ["name", "description", "license", "compatibility", "metadata", "allowed-tools"];

    private readonly List<SkillProblem> _problems = [];

    /// <summary>Reads the front matter.</summary>
    /// <param name="root">The front matter.</param>
    /// <param name="body">What stands behind it.</param>
    /// <param name="path">The file.</param>
    public SkillReading Read(YamlMappingNode root, string body, string path)
    {
        Dictionary<string, YamlNode> values = Values(root);
        string name = Required(root, values, "name");
        string description = Required(root, values, "description");
        CheckName(values, name);
        if (description.Length > SkillLimits.DescriptionLength)
            Warn(values["description"], $"'description' has {description.Length:N0} characters; the format allows {SkillLimits.DescriptionLength:N0}. Models are shown no more than these.");
        string? compatibility = Optional(values, "compatibility");
        if (compatibility?.Length > SkillLimits.CompatibilityLength)
            Warn(values["compatibility"], $"'compatibility' has {compatibility.Length:N0} characters; the format allows {SkillLimits.CompatibilityLength}.");
        if (body.AsSpan().Trim().IsEmpty)
            Warn(root, "The file has no instructions behind the front matter.");
        var skill = new Skill
        {
            Name = name,
            Description = description,
            Body = body,
            Id = path,
            License = Optional(values, "license"),
            Compatibility = compatibility,
            Metadata = Metadata(values),
            AllowedTools = Tools(values),
            Folder = Path.GetDirectoryName(path),
        };
        return new SkillReading(_problems.Exists(problem => !problem.IsWarning) ? null : skill, _problems);
    }

    private Dictionary<string, YamlNode> Values(YamlMappingNode root)
    {
        var values = new Dictionary<string, YamlNode>();
        foreach ((YamlNode keyNode, YamlNode value) in root.Children)
        {
            string key = (keyNode as YamlScalarNode)?.Value ?? "";
            values[key] = value;
            // other programs add keys of their own; one that is nearly ours is a slip
            if (!Keys.Contains(key) && Suggestion.Nearest(key, Keys) is { } near)
                Warn(keyNode, $"The format has no key '{key}'. Did you mean '{near}'?");
        }

        return values;
    }

    private string Required(YamlMappingNode root, Dictionary<string, YamlNode> values, string key)
    {
        if (!values.TryGetValue(key, out YamlNode? node))
        {
            Error(root, $"The front matter has no '{key}'. Add a line '{key}: …'.");
            return "";
        }

        string text = ((node as YamlScalarNode)?.Value ?? "").Trim();
        if (text.Length == 0)
            Error(node, $"'{key}' must be a text that is not empty, but is {YamlReader.Shown(node)}.");
        return text;
    }

    // libraries are full of names that the format does not allow; a name that can be said is good enough to use a skill
    private void CheckName(Dictionary<string, YamlNode> values, string name)
    {
        if (name.Length == 0)
            return;
        bool isValid = name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            && !name.StartsWith('-') && !name.EndsWith('-') && !name.Contains("--", StringComparison.Ordinal);
        if (name.Length > SkillLimits.NameLength || name.Any(char.IsControl))
            Error(values["name"], $"'name' has at most {SkillLimits.NameLength} characters on one line, but is {YamlReader.Shown(values["name"])}.");
        else if (!isValid)
            Warn(values["name"], $"'name' is made of lower-case letters, digits and single hyphens between them, but is {YamlReader.Shown(values["name"])}.");
        else if (name != folder)
            Warn(values["name"], $"The skill is named '{name}', but its folder '{folder}'. Give both the same name.");
    }

    private string? Optional(Dictionary<string, YamlNode> values, string key)
    {
        if (!values.TryGetValue(key, out YamlNode? node))
            return null;
        if (node is not YamlScalarNode { Value: { } text })
            Warn(node, $"'{key}' must be a text; it was left out.");
        else if (text.Length > 0)
            return text;
        return null;
    }

    private Dictionary<string, string> Metadata(Dictionary<string, YamlNode> values)
    {
        var metadata = new Dictionary<string, string>();
        if (!values.TryGetValue("metadata", out YamlNode? node))
            return metadata;
        if (node is not YamlMappingNode map)
        {
            Warn(node, "'metadata' must be lines of 'key: value'; it was left out.");
            return metadata;
        }

        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            if (key is YamlScalarNode { Value: { } name } && value is YamlScalarNode { Value: { } text })
                metadata[name] = text;
            else
                Warn(key, "A value of 'metadata' must be a text; it was left out.");
        }

        return metadata;
    }

    // the format has one text with spaces; lists are seen as often
    private static List<string> Tools(Dictionary<string, YamlNode> values)
    {
        if (!values.TryGetValue("allowed-tools", out YamlNode? node))
            return [];
        return [.. YamlReader.Items(node).OfType<YamlScalarNode>().SelectMany(item => Split(item.Value ?? ""))];
    }

    // spaces and commas within brackets belong to the tool: Bash(git add:*)
    private static IEnumerable<string> Split(string tools)
    {
        int start = 0, depth = 0;
        for (int i = 0; i <= tools.Length; i++)
        {
            char c = i < tools.Length ? tools[i] : ' ';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (i < tools.Length && (depth > 0 || c is not (' ' or ',' or '\n' or '\t')))
                continue;
            if (i > start)
                yield return tools[start..i];
            start = i + 1;
        }
    }

    private void Error(YamlNode node, string message) => Add(node, message, isWarning: false);

    private void Warn(YamlNode node, string message) => Add(node, message, isWarning: true);

    private void Add(YamlNode node, string message, bool isWarning) =>
        _problems.Add(new SkillProblem(file, Math.Max(1, (int)node.Start.Line), Math.Max(1, (int)node.Start.Column), message, isWarning));
}
