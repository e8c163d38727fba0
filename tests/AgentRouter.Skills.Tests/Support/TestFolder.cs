using AgentRouter.Skills.Sources;

namespace AgentRouter.Skills.Tests.Support;

/// <summary>A folder with skills.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("agentrouter-skills-").FullName;

    public string Write(string path, string text)
    {
        string full = At(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public TestFolder With(string name, string? text = null)
    {
        Write($"{name}/SKILL.md", text ?? TestSkills.File(name));
        return this;
    }

    public string At(string path) => System.IO.Path.Combine(Path, path);

    public FolderSkillSource Source() => new(Path, path => System.IO.Path.GetRelativePath(Path, path));

    /// <summary>Reads everything: the names of what can be used, and the problems of all.</summary>
    public (string[] Names, string[] Problems) Read()
    {
        FolderSkillSource source = Source();
        SkillReading[] readings = [.. source.List().Select(source.Read)];
        return ([.. readings.Select(reading => reading.Skill?.Name).OfType<string>()], [.. readings.SelectMany(reading => reading.Problems).Select(problem => problem.ToString())]);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
