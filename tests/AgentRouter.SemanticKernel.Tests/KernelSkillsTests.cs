using AgentRouter.Budgets;
using AgentRouter.Providers.Scripted;
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

    [Theory, MemberData(nameof(AgentRouterKernelTests.Paths), MemberType = typeof(AgentRouterKernelTests))]
    public async Task A_prompt_is_offered_skills_and_its_model_opens_what_it_needs(Way path, bool streaming)
    {
        SkillLibrary library = await LibraryAsync();
        Script script = TestScript.For("opens a skill")
            .When(call: 1, messageContains: "- fix-a-test: Repair a failing test. (found by ").Calls("skills_open", new { name = "fix-a-test" })
            .When(call: 2, lastResultContains: "abc abc").Says("Repaired.");
        using var fixture = new KernelFixture(script, path, build: builder => builder.AddSkills(library));
        using TaskScope task = fixture.BeginTask();

        string answer = await fixture.AskAsync("Repair the failing test.", path, streaming);

        answer.ShouldEndWith("Repaired.");
        task.Ledger.Snapshot().Spent.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Functions_of_plugins_stand_beside_the_skills()
    {
        SkillLibrary library = await LibraryAsync();
        Script script = TestScript.For("both")
            .When(call: 1).Calls("math_add", new { a = 2, b = 3 })
            .When(call: 2, lastResultContains: "5").Calls("skills_open", new { name = "fix-a-test" })
            .When(call: 3, lastResultContains: "abc").Says("Both.");
        using var fixture = new KernelFixture(script, build: builder => builder.AddSkills(library));

        (await fixture.AskAsync("Repair the failing test.", Way.Prompt, streaming: false, fixture.Auto)).ShouldBe("Both.");
    }

    private static async Task<SkillLibrary> LibraryAsync() => new(new SkillRetriever((await SkillIndexer.UpdateAsync(SkillIndex.Empty, [Source])).Index), Source);

    private static async Task<string> CallAsync(Kernel kernel, KernelFunction function, (string Name, object? Value) argument) =>
        (await function.InvokeAsync(kernel, new KernelArguments { [argument.Name] = argument.Value })).ToString();
}
