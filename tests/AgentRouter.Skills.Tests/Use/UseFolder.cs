using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Tests.Support;
using AgentRouter.Skills.Use;

namespace AgentRouter.Skills.Tests.Use;

/// <summary>A folder with a few skills, as a library.</summary>
internal sealed class UseFolder : IDisposable
{
    public TestFolder Folder { get; } = new();

    public UseFolder Skill(string name, string description, string body = "# How\n\nDo it.")
    {
        Folder.With(name, TestSkills.File(name, description, body));
        return this;
    }

    /// <summary>Three skills, of which the first knows how tests are repaired.</summary>
    public static UseFolder OfThree() => new UseFolder()
        .Skill("fix-a-failing-test", "Find and repair the cause of a failing test.", "# Fix\n\nRun the test alone.\n\n## Look\n\nRead the assertion.")
        .Skill("cut-video", "Cut a video with ffmpeg.")
        .Skill("write-a-test", "Write a test for new code.");

    public async Task<SkillLibrary> LibraryAsync()
    {
        SkillIndexUpdate update = await SkillIndexer.UpdateAsync(SkillIndex.Empty, [Folder.Source()]);
        return new SkillLibrary(new SkillRetriever(update.Index), Folder.Source());
    }

    public async Task<SkillSession> BeginAsync(string task, SkillUseOptions? options = null) => await SkillSession.BeginAsync(await LibraryAsync(), task, options);

    public void Dispose() => Folder.Dispose();
}
