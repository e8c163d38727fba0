using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Models;
using AgentRouter.Providers.Scripted;
using AgentRouter.Routing;
using AgentRouter.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace AgentRouter.SemanticKernel.Tests;

public sealed class AgentRouterKernelTests
{
    private static readonly Script TwoRounds = TestScript.For("two rounds")
        .When(call: 1).Calls("math_add", new { a = 2, b = 3 })
        .When(call: 2, lastResultContains: "5").Calls("math_divide", new { a = 5, b = 2 })
        .When(call: 3, lastResultContains: "2").Says("It is two.");

    public static TheoryData<Way, bool> Paths => new()
    {
        { Way.Prompt, false }, { Way.Prompt, true },
        { Way.PromptOnChatClient, false }, { Way.PromptOnChatClient, true },
        { Way.ChatCompletion, false }, { Way.ChatCompletion, true },
        { Way.ChatClient, false }, { Way.ChatClient, true },
    };

    [Theory, MemberData(nameof(Paths))]
    public async Task A_prompt_is_routed_and_paid_by_the_task(Way path, bool streaming)
    {
        using var fixture = new KernelFixture(TestScript.For().Always().Says("Hello from a model."), path);
        using var task = fixture.BeginTask();

        string answer = await fixture.AskAsync("Say hello.", path, streaming);

        answer.ShouldBe("Hello from a model.");
        fixture.Events.ShouldHaveRouted(null, tier: "small").LedgerShouldBalance();
        task.Ledger.Snapshot().Spent.Calls.ShouldBe(1);
        task.Ledger.Snapshot().Spent.Usd.Picodollars.ShouldBeGreaterThan(0);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task Each_round_of_function_calling_is_routed_anew_and_booked_once(Way path, bool streaming)
    {
        using var fixture = new KernelFixture(TwoRounds, path);
        using var task = fixture.BeginTask();

        string answer = await fixture.AskAsync("How much is (2 + 3) / 2?", path, streaming, fixture.Auto);

        answer.ShouldEndWith("It is two.");
        fixture.Events.Events.OfType<StepRouted>().Select(routed => routed.Tier).ShouldBe(["small", "large", "large"]);
        fixture.Events.Events.OfType<BudgetSettled>().Count().ShouldBe(3);
        fixture.Events.LedgerShouldBalance();
        task.Ledger.Snapshot().Spent.Calls.ShouldBe(3);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task A_call_that_does_not_fit_the_budget_is_not_sent_and_says_so(Way path, bool streaming)
    {
        using var fixture = new KernelFixture(TwoRounds, path);
        using var task = fixture.BeginTask(new Budget { Calls = 2, OnExceeded = OnExceeded.Stop });

        var exceeded = await Should.ThrowAsync<BudgetExceededException>(() => fixture.AskAsync("How much is (2 + 3) / 2?", path, streaming, fixture.Auto));

        exceeded.Message.ShouldContain("2 calls");
        fixture.Events.Events.OfType<CallSent>().Count().ShouldBe(2);
        task.Ledger.Snapshot().Spent.Calls.ShouldBe(2);
    }

    [Theory]
    [InlineData("small", "small")]
    [InlineData("large", "large")]
    [InlineData("scripted-large", "large")]
    public async Task A_service_id_that_names_a_tier_or_model_keeps_the_prompt_in_its_tier(string serviceId, string tier)
    {
        foreach (bool streaming in new[] { false, true })
        {
            using var fixture = new KernelFixture(TwoRounds);
            using var task = fixture.BeginTask();
            var settings = new PromptExecutionSettings { ServiceId = serviceId, FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

            (await fixture.AskAsync("How much is (2 + 3) / 2?", Way.Prompt, streaming, settings)).ShouldEndWith("It is two.");

            fixture.Events.ShouldHaveRouted(null, tier: tier);
            fixture.Events.Events.OfType<StepRouted>().Select(routed => routed.Features.CallInVisit).ShouldBe([1, 2, 3]);
        }
    }

    [Theory]
    [InlineData(Way.Prompt, "large", "large")]
    [InlineData(Way.Prompt, "scripted-large", "large")]
    [InlineData(Way.PromptOnChatClient, "large", "large")]
    [InlineData(Way.ChatCompletion, "large", "large")]
    [InlineData(Way.ChatClient, "large", "large")]
    [InlineData(Way.Prompt, "somebody-elses-model", "small")]
    public async Task A_model_id_is_a_hint_and_one_that_is_not_known_leaves_the_choice_to_the_router(Way path, string modelId, string tier)
    {
        using var fixture = new KernelFixture(TestScript.For().Always().Says("Hello."), path);
        using var task = fixture.BeginTask();

        await fixture.AskAsync("Say hello.", path, streaming: false, new PromptExecutionSettings { ModelId = modelId });

        fixture.Events.ShouldHaveRouted(null, tier: tier);
    }

    [Fact]
    public async Task The_answer_names_the_model_that_gave_it()
    {
        using var fixture = new KernelFixture(TestScript.For().Always().Says("Hello."));

        ChatMessageContent answer = await fixture.Kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentAsync("hi", kernel: fixture.Kernel);

        answer.ModelId.ShouldBe("scripted-small");
    }

    [Fact]
    public async Task Models_can_be_made_by_the_services_which_then_own_them()
    {
        var client = new DisposableClient();
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(client);
        builder.AddAgentRouter(services => new ModelSet().Add(new ModelProfile { Name = "m", Tier = "only", Prices = new(1, 1) }, services.GetRequiredService<DisposableClient>()));
        Kernel kernel = builder.Build();

        (await kernel.InvokePromptAsync("hi", new(new PromptExecutionSettings { ModelId = "only" }))).ToString().ShouldBe("from the client");
        ((IDisposable)kernel.Services).Dispose();

        client.Disposed.ShouldBeTrue();
    }

    [Fact]
    public void Models_that_are_given_stay_the_callers()
    {
        var client = new DisposableClient();
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddAgentRouter(new ModelSet().Add(new ModelProfile { Name = "m", Tier = "only", Prices = new(1, 1) }, client));
        Kernel kernel = builder.Build();
        kernel.GetRequiredService<IChatClient>().GetService<StepRoutingChatClient>().ShouldNotBeNull();

        ((IDisposable)kernel.Services).Dispose();

        client.Disposed.ShouldBeFalse();
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Should.Throw<ArgumentException>(() => Kernel.CreateBuilder().AddAgentRouter(new ModelSet())).Message.ShouldContain("add at least one model");
        Should.Throw<InvalidOperationException>(() => new Kernel().BeginTask(new Budget())).Message.ShouldContain("AddAgentRouter");
    }

    private sealed class DisposableClient : IChatClient
    {
        public bool Disposed { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "from the client")));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() => Disposed = true;
    }
}
