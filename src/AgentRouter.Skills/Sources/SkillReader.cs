using AgentRouter.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Skills.Sources;

/// <summary>Reads a SKILL.md file: front matter between two lines of three hyphens, and the body behind it.</summary>
internal static class SkillReader
{
    private const string Fence = "---";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shownPath">The file as problems name it.</param>
    public static SkillReading Read(string path, string shownPath)
    {
        string? text = SkillFileText.Read(path, out string problem);
        return text is null ? Failed(shownPath, 1, 1, problem) : Parse(text, path, shownPath);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">The text, with line feeds.</param>
    /// <param name="path">The file; its folder is the skill's.</param>
    /// <param name="shownPath">The file as problems name it.</param>
    public static SkillReading Parse(string text, string path, string shownPath)
    {
        if (!StartsWithFence(text))
            return Failed(shownPath, 1, 1, "The file begins with no front matter. Begin it with a line of three hyphens, 'name: …', 'description: …', and three hyphens again.");
        int start = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        int end = End(text, start, out int body);
        if (end < 0)
            return Failed(shownPath, 1, 1, $"The front matter does not end{(text.Length > SkillLimits.FrontMatterLength ? $" within {SkillLimits.FrontMatterLength:N0} characters" : "")}. End it with a line of three hyphens.");
        try
        {
            // the empty line stands for the one of hyphens, so that lines are counted as in the file
            YamlMappingNode? root = Load("\n" + text[start..end]);
            if (root is null)
                return Failed(shownPath, 2, 1, "The front matter must be lines of 'key: value'.");
            return new SkillHeader(shownPath, Path.GetFileName(Path.GetDirectoryName(path)!)).Read(root, text[body..].Trim('\n'), path);
        }
        catch (YamlException e)
        {
            return Failed(shownPath, (int)e.Start.Line, (int)e.Start.Column, $"The front matter is not YAML: {e.Message.TrimEnd('.')}.{Hint(e.Message)}");
        }
    }

    // of these two the parser speaks in its own words
    private static string Hint(string message) =>
        message.Contains("Mapping values are not allowed", StringComparison.Ordinal) || message.Contains("While scanning", StringComparison.Ordinal) || message.Contains("While parsing", StringComparison.Ordinal)
            ? " Quote a value that holds ': ' or begins with a sign."
            : "";

    private static YamlMappingNode? Load(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new BoundedParser(new Parser(new StringReader(yaml))));
        return stream.Documents.Count == 1 ? stream.Documents[0].RootNode as YamlMappingNode : null;
    }

    private static bool StartsWithFence(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        return end > 0 && text.AsSpan(0, end).TrimEnd().SequenceEqual(Fence);
    }

    private static int End(string text, int start, out int body)
    {
        body = 0;
        for (int line = start; line < text.Length && line - start <= SkillLimits.FrontMatterLength; line = body)
        {
            int length = text.AsSpan(line).IndexOf('\n');
            int end = length < 0 ? text.Length : line + length;
            body = Math.Min(end + 1, text.Length);
            if (text.AsSpan(line..end).TrimEnd().SequenceEqual(Fence))
                return line;
        }

        return -1;
    }

    private static SkillReading Failed(string path, int line, int column, string message) =>
        new(null, [new SkillProblem(path, Math.Max(1, line), Math.Max(1, column), message)]);
}
