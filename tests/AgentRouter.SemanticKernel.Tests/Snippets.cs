using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Memory;
using AgentRouter.Memory.Storage.Sqlite;
using AgentRouter.Memory.Use;
using AgentRouter.Models;
using AgentRouter.Routing;
using AgentRouter.Routing.Policies.Rules;
using AgentRouter.Routing.Tasks;
using AgentRouter.SemanticKernel.Memories;
using AgentRouter.SemanticKernel.Skills;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Use;
using AgentRouter.Testing;
using AgentRouter.Testing.Tests;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.End;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Tests;

/// <summary>The C# of docs/semantic-kernel.md, as users write it.</summary>
public sealed class Snippets
{
    [Fact]
    public void The_page_shows_nothing_else() => DocumentedSnippets.ShouldBeCompiledHere("docs/semantic-kernel.md", atLeast: 6);

    [Fact]
    public async Task Prompts_have_a_memory()
    {
        using ModelSet models = TestModels.From(TestScript.For().Always().Says("None is."));
        await using var store = new SqliteMemoryStore(Path.Combine(Path.GetTempPath(), "agentrouter-none"));
        await using var memory = new GraphMemory(store);
        IKernelBuilder builder = Kernel.CreateBuilder();

        builder.AddAgentRouter(models);
        builder.AddMemory(memory, new MemoryUseOptions { Read = [MemoryScope.Parse("project:shop")], Write = MemoryScope.Parse("project:shop") });

        (await builder.Build().InvokePromptAsync("Which of our products are out of stock?")).ToString().ShouldBe("None is.");
    }

    [Fact]
    public async Task A_kernel_is_routed_under_a_budget()
    {
        using ModelSet models = TestModels.From(TestScript.For().Always().Says("None is."));

        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddAgentRouter(models, router => router.UseRules(
            RoutingRule.Parse("toolResults > 0", "large"),
            RoutingRule.Otherwise("small")));
        Kernel kernel = builder.Build();

        using TaskScope task = kernel.BeginTask(new Budget { Usd = 0.25m });
        FunctionResult answer = await kernel.InvokePromptAsync("Which of our products are out of stock?");

        var settings = new PromptExecutionSettings { ServiceId = "large" };
        FunctionResult review = await kernel.InvokePromptAsync("Review this contract: …", new(settings));

        answer.ToString().ShouldBe("None is.");
        review.ToString().ShouldBe("None is.");
        task.Ledger.Snapshot().Spent.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Plugins_are_tools_and_workflows_are_functions()
    {
        using var fixture = new KernelFixture(TestScript.For());
        Kernel kernel = fixture.Kernel;
        kernel.Plugins.AddFromType<KernelFixture.MathPlugin>("stock");
        var engine = new WorkflowEngine(new WorkflowEngineOptions { Models = fixture.Models, Router = kernel.GetRequiredService<StepRoutingChatClient>() });
        var workflow = new WorkflowDefinition
        {
            Name = "research",
            Inputs = [new InputDefinition { Name = "topic" }],
            Nodes = [new EndNode { Name = "done", Outcome = RunOutcome.Succeeded, Answer = Template.Parse("All about {{ inputs.topic }}.", ExpressionNames.Unchecked) }],
        };

        IToolSource stock = kernel.AsToolSource("stock");

        KernelFunction research = workflow.AsKernelFunction(engine);
        kernel.Plugins.AddFromFunctions("work", [research]);

        FunctionResult result = await research.InvokeAsync(kernel, new() { ["topic"] = "torn writes" });
        if (result.GetWorkflowRun() is not { Outcome: RunOutcome.Succeeded })
            Console.WriteLine($"No answer: {result}");

        stock.Name.ShouldBe("stock");
        result.ToString().ShouldBe("All about torn writes.");
        kernel.Plugins["work"].Contains("research").ShouldBeTrue();
    }

    [Fact]
    public void Skills_are_functions()
    {
        var kernel = new Kernel();
        var retriever = new SkillRetriever(SkillIndex.Empty);

        IKernelBuilder builder = Kernel.CreateBuilder();
        using ModelSet models = TestModels.From(TestScript.For());
        builder.AddAgentRouter(models);
        builder.AddSkills(retriever, new SkillUseOptions { TopK = 3, MaxTokens = 4_000 });

        KernelPlugin skills = kernel.AddSkills(retriever, new SkillUseOptions { MaxTokens = 4_000 });

        skills.Name.ShouldBe("skills");
    }
}
