using AgentRouter.Workflows.Yaml;
using AgentRouter.Workflows.Validation;

namespace AgentRouter.Workflows.SystemGraphs;

/// <summary>A skill as its SKILL.md introduces it: the front matter, not the body.</summary>
/// <param name="Name">Its name; the folder's name when the file says none.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Path">The file.</param>
internal sealed record SkillFile(string Name, string? Description, string Path)
{
    private const string FileName = "SKILL.md";
    private const int MostSkills = 10_000;
    private const int MostFrontMatter = 16_384;

    /// <summary>Reads the skills of a project, in the order of their folders. A file that cannot be read is named by its folder.</summary>
    public static IReadOnlyList<SkillFile> ReadAll(string projectRoot)
    {
        string folder = System.IO.Path.Join(projectRoot, ProjectFolder.SkillsFolder);
        if (!Directory.Exists(folder))
            return [];
        return [.. Directory.EnumerateDirectories(folder)
            .Order(StringComparer.Ordinal)
            .Take(MostSkills)
            .Select(skill => System.IO.Path.Join(skill, FileName))
            .Where(File.Exists)
            .Select(Read)];
    }

    private static SkillFile Read(string path)
    {
        string folder = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(path)!);
        var problems = new DiagnosticBag();
        if (FrontMatter(path) is not { } text || YamlFile.Parse(text, path, path, problems) is not var (file, root))
            return new SkillFile(folder, null, path);
        var map = new MapReader(file, root, "the skill");
        return new SkillFile(map.Text("name") ?? folder, map.Text("description"), path);
    }

    /// <summary>Reads the text between the two lines of three hyphens at the start.</summary>
    private static string? FrontMatter(string path)
    {
        try
        {
            using StreamReader reader = File.OpenText(path);
            if (reader.ReadLine()?.TrimEnd() != "---")
                return null;
            var text = new System.Text.StringBuilder();
            while (text.Length < MostFrontMatter && reader.ReadLine() is { } line)
            {
                if (line.TrimEnd() == "---")
                    return text.ToString();
                text.Append(line).Append('\n');
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return null;
    }
}
