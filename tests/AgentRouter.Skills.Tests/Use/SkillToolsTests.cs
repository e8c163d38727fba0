using AgentRouter.Skills.Use;
using Microsoft.Extensions.AI;

namespace AgentRouter.Skills.Tests.Use;

public sealed class SkillToolsTests : IDisposable
{
    private readonly UseFolder _skills = UseFolder.OfThree();

    public void Dispose() => _skills.Dispose();

    [Fact]
    public async Task A_model_opens_reads_and_searches_with_functions()
    {
        _skills.Folder.Write("fix-a-failing-test/notes.md", "Notes.");
        IReadOnlyList<AIFunction> tools = SkillTools.Of(await _skills.BeginAsync("Repair the failing test", new SkillUseOptions { TopK = 1 }));

        tools.Select(tool => tool.Name).ShouldBe(["skills_open", "skills_read", "skills_search"]);
        (await CallAsync(tools[0], ("name", "fix-a-failing-test"))).ShouldEndWith("Read the assertion.");
        (await CallAsync(tools[1], ("name", "fix-a-failing-test"), ("file", "notes.md"))).ShouldEndWith("Notes.");
        (await CallAsync(tools[2], ("query", "cut a video"))).ShouldBe("Found, the best first; skills_open opens one:\n- cut-video: Cut a video with ffmpeg. (found by cut, video)");
        (await CallAsync(tools[2], ("query", "zzz"))).ShouldStartWith("No skill was found.");
    }

    [Fact]
    public async Task What_cannot_be_done_is_answered_with_what_to_do()
    {
        IReadOnlyList<AIFunction> tools = SkillTools.Of(await _skills.BeginAsync("Repair the failing test", new SkillUseOptions { TopK = 1 }));

        (await CallAsync(tools[0], ("name", "fix-a-failing-tset"))).ShouldBe("Error: There is no skill 'fix-a-failing-tset'. Did you mean 'fix-a-failing-test'? skills_search finds others.");
    }

    private static async Task<string?> CallAsync(AIFunction tool, params (string Name, object? Value)[] arguments) =>
        (await tool.InvokeAsync(new AIFunctionArguments(arguments.ToDictionary(argument => argument.Name, argument => argument.Value))))?.ToString();
}
