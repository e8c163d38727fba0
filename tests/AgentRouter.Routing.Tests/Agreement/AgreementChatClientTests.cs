using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Routing.Agreement;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;
using static AgentRouter.Routing.Tests.CallbackChatClient;
using static AgentRouter.Routing.Tests.RoutingFixture;

namespace AgentRouter.Routing.Tests.Agreement;

public sealed class AgreementChatClientTests
{
    private readonly RoutingFixture _fixture = new();

    private AgreementChatClient Client(CallbackChatClient small, CallbackChatClient large, Action<AgreementOptions>? configure = null)
    {
        var options = new AgreementOptions();
        configure?.Invoke(options);
        return new AgreementChatClient(_fixture.Router(small, large), options);
    }

    private TaskScope Begin(IChatClient client, decimal usd = 1) =>
        _fixture.Begin(client.GetService<StepRoutingChatClient>()!, new Budget { Usd = usd, OnExceeded = OnExceeded.Stop });

    private static CallbackChatClient InTurn(params string[] answers)
    {
        int asked = 0;
        return new CallbackChatClient((_, _, _) => Task.FromResult(Reply(answers[Math.Min(asked++, answers.Length - 1)])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answers_that_agree_are_the_answer_and_no_more_samples_are_taken_than_it_takes(bool streaming)
    {
        CallbackChatClient small = InTurn("It is  42.", "it is 42", "other"), large = Says("by large");
        AgreementChatClient client = Client(small, large);
        using TaskScope task = Begin(client);

        ChatResponse answer = await AskAsync(client, streaming);

        answer.Text.ShouldBe("It is  42.");
        answer.Usage!.InputTokenCount.ShouldBe(200);
        answer.Usage.OutputTokenCount.ShouldBe(20);
        small.Requests.Count.ShouldBe(2);
        large.Requests.ShouldBeEmpty();
        task.Ledger.Snapshot().Spent.Calls.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answers_that_differ_go_to_the_tiers_above(bool streaming)
    {
        CallbackChatClient small = InTurn("41", "42", "43"), large = Says("by large");
        AgreementChatClient client = Client(small, large);
        using TaskScope task = Begin(client);

        ChatResponse answer = await AskAsync(client, streaming);

        answer.Text.ShouldBe("by large");
        answer.ModelId.ShouldBe("large-1");
        answer.Usage!.InputTokenCount.ShouldBe(400);
        _fixture.Events.OfType<StepRouted>().Select(e => e.Tier).ShouldBe(["small", "small", "small", "large"]);
        _fixture.Events.OfType<StepRouted>().Select(e => e.Features.CallInVisit).ShouldBe([1, 1, 1, 1]);
    }

    [Fact]
    public async Task No_sample_is_taken_that_cannot_bring_agreement_any_more()
    {
        CallbackChatClient small = InTurn("41", "42", "43"), large = Says("by large");
        AgreementChatClient client = Client(small, large, options => options.Agreement = 3);
        using TaskScope task = Begin(client);

        await AskAsync(client, streaming: false);

        small.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_escalated_answer_is_streamed_as_it_comes()
    {
        CallbackChatClient small = InTurn("41", "42", "43");
        var large = new CallbackChatClient((_, _, _) => Task.FromResult(Reply("never whole"))) { Stream = (_, token) => Parts(token) };
        AgreementChatClient client = Client(small, large);
        using TaskScope task = Begin(client);

        List<string> texts = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync([new(ChatRole.User, "Do it.")]))
            texts.Add(update.Text);

        texts.Where(text => text.Length > 0).ShouldBe(["one ", "two"]);

        static async IAsyncEnumerable<ChatResponseUpdate> Parts([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "one ");
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, "two") { FinishReason = ChatFinishReason.Stop };
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_the_budget_does_not_pay_for_the_tier_above_the_best_cheap_answer_is_returned(bool streaming)
    {
        CallbackChatClient small = InTurn("41", "42", "43"), large = Says("by large");
        AgreementChatClient client = Client(small, large);
        using TaskScope task = Begin(client, 0.0005m);

        ChatResponse answer = await AskAsync(client, streaming);

        answer.Text.ShouldBe("41");
        answer.Usage!.InputTokenCount.ShouldBe(300);
        large.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_the_budget_ends_among_the_samples_the_best_one_is_returned_and_without_any_it_is_said(bool streaming)
    {
        CallbackChatClient small = InTurn("41", "42"), large = Says("by large");
        AgreementChatClient client = Client(small, large);
        using (TaskScope task = _fixture.Begin(client.GetService<StepRoutingChatClient>()!, new Budget { Calls = 1, OnExceeded = OnExceeded.Stop }))
        {
            (await AskAsync(client, streaming)).Text.ShouldBe("41");
            await Should.ThrowAsync<BudgetExceededException>(() => AskAsync(client, streaming));
        }

        large.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cheap_tier_that_fails_goes_to_the_tier_above(bool streaming)
    {
        CallbackChatClient small = Fails(new ModelCallException(FailureClass.InvalidRequest, "too hard")), large = Says("by large");
        AgreementChatClient client = Client(small, large);
        using TaskScope task = Begin(client);

        (await AskAsync(client, streaming)).Text.ShouldBe("by large");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tier_above_that_fails_leaves_the_best_cheap_answer(bool streaming)
    {
        CallbackChatClient small = InTurn("41", "42", "43"), large = Fails(new ModelCallException(FailureClass.InvalidRequest, "no"));
        AgreementChatClient client = Client(small, large);
        using TaskScope task = Begin(client);

        (await AskAsync(client, streaming)).Text.ShouldBe("41");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_ends_it_all(bool streaming)
    {
        using var cancel = new CancellationTokenSource();
        var small = new CallbackChatClient(async (_, _, token) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return Reply("never");
        });
        CallbackChatClient large = Says("by large");
        AgreementChatClient client = Client(small, large);
        using TaskScope task = Begin(client);

        await Should.ThrowAsync<OperationCanceledException>(() => AskAsync(client, streaming, cancellationToken: cancel.Token));

        large.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_failed_check_and_for_agents_of_one_tier_a_request_passes_as_it_is()
    {
        CallbackChatClient small = Says("by small"), large = Says("by large");
        AgreementChatClient client = Client(small, large);
        using TaskScope task = Begin(client);

        await AskAsync(client, false, options: new ChatOptions().WithStep(new StepIdentity("run-1") { AllowedTiers = ["large"] }));
        (small.Requests.Count, large.Requests.Count).ShouldBe((0, 1));
        await AskAsync(client, false, options: new ChatOptions().WithStep(new StepIdentity("run-1") { AllowedTiers = ["small"] }));
        small.Requests.Count.ShouldBe(1);
        await AskAsync(client, false, options: new ChatOptions { ConversationId = "kept" });
        small.Requests.Count.ShouldBe(2);
        task.Report(false);
        await AskAsync(client, false);
        small.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_spends_from_the_task_in_which_it_was_asked_for(bool agree)
    {
        AgreementChatClient client = Client(agree ? Says("same") : InTurn("41", "42", "43"), Says("by large"));
        IAsyncEnumerable<ChatResponseUpdate> stream;
        TaskScope task = Begin(client);
        stream = client.GetStreamingResponseAsync([new(ChatRole.User, "Do it.")]);
        task.Dispose();

        await stream.ToChatResponseAsync();

        task.Ledger.Snapshot().Spent.Calls.ShouldBe(agree ? 2 : 4);
    }

    [Fact]
    public async Task Without_a_task_it_works_too()
    {
        AgreementChatClient client = Client(Says("same"), Says("by large"));
        (await AskAsync(client, false)).Text.ShouldBe("same");
    }

    [Fact]
    public async Task A_comparer_of_ones_own_says_what_agrees()
    {
        CallbackChatClient small = InTurn("41", "42");
        AgreementChatClient client = Client(small, Says("by large"), options => options.Comparer = EqualityComparer<ChatResponse>.Create((_, _) => true, _ => 0));
        using TaskScope task = Begin(client);
        (await AskAsync(client, false)).Text.ShouldBe("41");
    }

    [Fact]
    public void Tool_calls_agree_by_name_and_arguments_and_texts_by_what_they_say()
    {
        AnswerComparer comparer = AnswerComparer.Instance;
        comparer.Equals(Call("find", ("a", 1), ("b", "x")), Call("find", ("b", "x"), ("a", 1))).ShouldBeTrue();
        comparer.Equals(Call("find", ("a", 1)), Call("find", ("a", 2))).ShouldBeFalse();
        comparer.Equals(Call("find"), Call("search")).ShouldBeFalse();
        comparer.Equals(Call("find"), Reply("find")).ShouldBeFalse();
        comparer.Equals(Reply("{\"a\": 1, \"b\": [2]}"), Reply("{ \"b\":[2],\"a\":1 }")).ShouldBeTrue();
        comparer.Equals(Reply("{not json"), Reply("{Not  JSON.")).ShouldBeTrue();
        comparer.GetHashCode(Reply("Yes.")).ShouldBe(comparer.GetHashCode(Reply("yes")));

        static ChatResponse Call(string tool, params (string Name, object? Value)[] arguments) =>
            new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent(Guid.NewGuid().ToString(), tool, arguments.ToDictionary(a => a.Name, a => a.Value))]));
    }

    [Fact]
    public void What_cannot_work_is_refused_when_it_is_built()
    {
        Should.Throw<InvalidOperationException>(() => new AgreementChatClient(Says("x"))).Message.ShouldContain("step router below");
        Should.Throw<ArgumentException>(() => Client(Says("s"), Says("l"), options => options.CheapTier = "tiny")).Message.ShouldContain("does not use a tier 'tiny'; its tiers are small, large");
        Should.Throw<ArgumentException>(() => Client(Says("s"), Says("l"), options => options.Samples = 1));
        Should.Throw<ArgumentException>(() => Client(Says("s"), Says("l"), options => options.Agreement = 4));
        IChatClient built = new ChatClientBuilder(new ModelSet().Add(Small, Says("s")).Add(Large, Says("l"))).UseAgreement().UseStepRouting().Build();
        built.GetService<AgreementChatClient>().ShouldNotBeNull();
    }
}
