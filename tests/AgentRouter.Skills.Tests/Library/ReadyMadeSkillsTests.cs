using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;

namespace AgentRouter.Skills.Tests.Library;

public sealed class ReadyMadeSkillsTests
{
    private static readonly string SkillsFolder = Path.Join(RepositoryRoot(), "skills");
    private static readonly Skill[] Skills = [.. Source().List().Select(listing => Source().Read(listing).Skill).OfType<Skill>()];

    [Fact]
    public void Nothing_is_wrong_with_them()
    {
        SkillLint.Check(Source()).SelectMany(file => file.Problems).Select(problem => problem.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public void Each_is_found_by_the_tasks_that_it_is_for()
    {
        var retriever = new SkillRetriever(SkillIndex.Of(Skills));
        (string Skill, string Task, int Place)[] found = [.. ReadyMadeTasks.All.Select(task => (task.Skill, task.Task, PlaceOf(task.Skill, retriever.Search(task.Task))))];

        string[] notFirst = [.. found.Where(task => task.Place > 1).Select(task => $"{task.Skill} is at place {task.Place} for: {task.Task}")];
        notFirst.Length.ShouldBeLessThanOrEqualTo(found.Length / 10, string.Join('\n', notFirst));
        found.Where(task => task.Place > 3).ShouldBeEmpty();
    }

    [Fact]
    public void Each_has_at_least_three_tasks()
    {
        ReadyMadeTasks.All.CountBy(task => task.Skill).Where(skill => skill.Value >= 3).Select(skill => skill.Key)
            .ShouldBe(Skills.Select(skill => skill.Name), ignoreOrder: true);
    }

    [Fact]
    public void Files_beside_a_body_are_named_in_it()
    {
        foreach (Skill skill in Skills)
        {
            foreach (string file in Directory.EnumerateFiles(skill.Folder!, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "SKILL.md"))
                skill.Body.ShouldContain($"`{Path.GetRelativePath(skill.Folder!, file).Replace('\\', '/')}`");
        }
    }

    [Fact]
    public void The_list_names_all_of_them()
    {
        string list = File.ReadAllText(Path.Join(SkillsFolder, "README.md"));

        Skills.Select(skill => skill.Name).Where(name => !list.Contains($"[{name}]({name}/SKILL.md)", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static int PlaceOf(string skill, IReadOnlyList<SkillMatch> matches)
    {
        int at = matches.Select(match => match.Skill.Name).ToList().IndexOf(skill);
        return at < 0 ? int.MaxValue : at + 1;
    }

    private static FolderSkillSource Source() => new(SkillsFolder, path => Path.GetRelativePath(SkillsFolder, path));

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Join(folder, "AgentRouter.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests must run inside the repository.");
    }
}
