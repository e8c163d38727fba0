using AgentRouter.Budgets;
using AgentRouter.Routing.Tasks;
using AgentRouter.SemanticKernel.Skills;
using AgentRouter.Skills;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Use;
using AgentRouter.Testing;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Tests;

public sealed class KernelSkillsTests
{
    private static readonly CodeSkillSource Source = new("mine",
        new Skill { Id = "1", Name = "fix-a-test", Description = "Repair a failing test.", Body = string.Join(' ', Enumerable.Repeat("abc", 90)) },
        new Skill { Id = "2", Name = "cut-video", Description = "Cut a video.", Body = string.Join(' ', Enumerable.Repeat("abc", 90)) });

    [Fact]
    public async Task A_model_searches_and_opens_with_functions_of_the_kernel()
    {
        using var fixture = new KernelFixture(TestScript.For());
        KernelPlugin skills = fixture.Kernel.AddSkills(await LibraryAsync());

        skills.Select(function => function.Metadata.Name).ShouldBe(["open", "read", "search"], ignoreOrder: true);
        (await CallAsync(fixture.Kernel, skills["search"], ("query", "repair the failing test"))).ShouldContain("- fix-a-test: Repair a failing test. (found by ");
        (await CallAsync(fixture.Kernel, skills["open"], ("name", "fix-a-test"))).ShouldEndWith("abc abc");
        (await CallAsync(fixture.Kernel, skills["open"], ("name", "fix-a-tset"))).ShouldStartWith("Error: There is no skill 'fix-a-tset'.");
    }

    [Fact]
    public async Task What_a_task_opens_shares_its_tokens_and_another_task_has_its_own()
    {
        using var fixture = new KernelFixture(TestScript.For());
        KernelPlugin skills = fixture.Kernel.AddSkills(await LibraryAsync(), new SkillUseOptions { MaxTokens = 100 });
        using (TaskScope task = fixture.Kernel.BeginTask(Budget.Unlimited))
        {
            (await CallAsync(fixture.Kernel, skills["open"], ("name", "fix-a-test"))).ShouldEndWith("abc abc");
            (await CallAsync(fixture.Kernel, skills["open"], ("name", "cut-video"))).ShouldStartWith("Error: The 100 tokens for skills are used up by fix-a-test.");
        }

        using TaskScope other = fixture.Kernel.BeginTask(Budget.Unlimited);
        (await CallAsync(fixture.Kernel, skills["open"], ("name", "cut-video"))).ShouldEndWith("abc abc");
    }

    private static async Task<SkillLibrary> LibraryAsync() => new(new SkillRetriever((await SkillIndexer.UpdateAsync(SkillIndex.Empty, [Source])).Index), Source);

    private static async Task<string> CallAsync(Kernel kernel, KernelFunction function, (string Name, object? Value) argument) =>
        (await function.InvokeAsync(kernel, new KernelArguments { [argument.Name] = argument.Value })).ToString();
}
