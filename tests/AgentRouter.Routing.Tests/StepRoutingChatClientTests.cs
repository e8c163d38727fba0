using System.Diagnostics;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Routing.Policies.Threshold;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using AgentRouter.Tokens;
using Microsoft.Extensions.AI;
using static AgentRouter.Routing.Tests.CallbackChatClient;
using static AgentRouter.Routing.Tests.RoutingFixture;

namespace AgentRouter.Routing.Tests;

public sealed class StepRoutingChatClientTests
{
    private readonly RoutingFixture _fixture = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_is_decided_reserved_sent_answered_and_settled_in_that_order(bool streaming)
    {
        StepRoutingChatClient router = _fixture.Router(Says("done", input: 100, output: 10), Says("no"));
        using TaskScope task = _fixture.Begin(router);

        ChatResponse answer = await AskAsync(router, streaming);

        answer.Text.ShouldBe("done");
        answer.ModelId.ShouldBe("small-1");
        _fixture.Events.Select(e => e.GetType().Name).ShouldBe(["StepRouted", "BudgetReserved", "CallSent", "BudgetSettled", "CallAnswered"]);
        _fixture.Single<CallAnswered>().Usage.ShouldBe(new TokenUsage(100, 0, 0, 10));
        task.Ledger.Snapshot().Spent.ShouldBe(BudgetAmount.OneCall(Money.FromUsd(0.000014m), 110));
        task.Ledger.Snapshot().Reserved.ShouldBe(default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_output_limit_that_is_sent_is_what_the_budget_pays_for(bool streaming)
    {
        CallbackChatClient small = Says("done");
        StepRoutingChatClient router = _fixture.Router(small);
        long prompt = ByteBoundTokenCounter.Instance.UpperBound([new(ChatRole.User, "Do it.")], null);
        Money budget = Small.Prices.WorstCost(prompt, 200);
        using TaskScope task = _fixture.Begin(router, new Budget { Usd = budget.ToUsd(), OnExceeded = OnExceeded.Stop });

        await AskAsync(router, streaming);

        small.Requests.ShouldHaveSingleItem()!.MaxOutputTokens.ShouldBe(200);
        _fixture.Single<BudgetReserved>().Held.Usd.ShouldBe(budget);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_does_not_fit_is_refused_and_nothing_is_sent(bool streaming)
    {
        CallbackChatClient small = Says("done");
        StepRoutingChatClient router = _fixture.Router(small);
        using TaskScope task = _fixture.Begin(router, new Budget { Usd = 0.000001m, OnExceeded = OnExceeded.Stop });

        var error = await Should.ThrowAsync<BudgetExceededException>(() => AskAsync(router, streaming));

        error.Refusal.Dimension.ShouldBe(BudgetDimension.Usd);
        small.Requests.ShouldBeEmpty();
        _fixture.Single<BudgetRefused>();
        task.Ledger.Snapshot().Spent.ShouldBe(default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_the_chosen_model_does_not_fit_the_next_cheaper_one_takes_the_step(bool streaming)
    {
        _fixture.Options.UseAlwaysLarge();
        StepRoutingChatClient router = _fixture.Router(Says("by small"), Says("by large"));
        using TaskScope task = _fixture.Begin(router, new Budget { Usd = 0.0005m, OnExceeded = OnExceeded.Stop });

        ChatResponse answer = await AskAsync(router, streaming);

        answer.Text.ShouldBe("by small");
        BudgetDegraded degraded = _fixture.Single<BudgetDegraded>();
        (degraded.From, degraded.To).ShouldBe(("large-1", "small-1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_without_usage_is_booked_at_all_that_was_held(bool streaming)
    {
        StepRoutingChatClient router = _fixture.Router(new CallbackChatClient((_, _, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "done")))));
        using TaskScope task = _fixture.Begin(router);

        await AskAsync(router, streaming);

        _fixture.Single<BudgetSettled>().InFull.ShouldBeTrue();
        task.Ledger.Snapshot().Spent.ShouldBe(_fixture.Single<BudgetReserved>().Held);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_provider_that_ignores_the_limit_is_booked_in_full_and_reported(bool streaming)
    {
        StepRoutingChatClient router = _fixture.Router(Says("done", input: 100, output: 1_000_000));
        using TaskScope task = _fixture.Begin(router);

        await AskAsync(router, streaming);

        _fixture.Single<BudgetOverrun>();
        task.Ledger.Snapshot().Spent.Tokens.ShouldBe(1_000_100);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refused_call_is_free_and_retried_after_the_wait(bool streaming)
    {
        int calls = 0;
        var small = new CallbackChatClient((_, _, _) => ++calls == 1
            ? Task.FromException<ChatResponse>(new ModelCallException(FailureClass.Throttled, "slow down") { RetryAfter = TimeSpan.FromSeconds(7) })
            : Task.FromResult(Reply("done")));
        StepRoutingChatClient router = _fixture.Router(small);
        using TaskScope task = _fixture.Begin(router);

        Task<ChatResponse> asking = AskAsync(router, streaming);
        await WaitUntil(() => calls == 1);
        asking.IsCompleted.ShouldBeFalse();
        await AdvanceUntil(asking, TimeSpan.FromSeconds(7));

        (await asking).Text.ShouldBe("done");
        _fixture.Single<CallFailed>().Next.ShouldBe("retry in 7 s");
        task.Ledger.Snapshot().Spent.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(false, FailureClass.Timeout)]
    [InlineData(true, FailureClass.Timeout)]
    [InlineData(false, FailureClass.MalformedReply)]
    [InlineData(true, FailureClass.MalformedReply)]
    public async Task A_failed_call_that_may_have_been_billed_is_booked_in_full_before_the_next_attempt(bool streaming, FailureClass failure)
    {
        _fixture.Options.Retry.AttemptsPerModel = 1;
        StepRoutingChatClient router = _fixture.Router(Fails(new ModelCallException(failure, "broke")), Says("by large"));
        using TaskScope task = _fixture.Begin(router);

        ChatResponse answer = await AskAsync(router, streaming);

        answer.Text.ShouldBe("by large");
        _fixture.Single<CallFailed>().Next.ShouldBe("fall back to large-1");
        Money held = _fixture.Events.OfType<BudgetReserved>().First().Held.Usd;
        task.Ledger.Snapshot().Spent.Usd.ShouldBe(held + Large.Prices.CostOf(new TokenUsage(100, 0, 0, 10)));
    }

    [Theory]
    [InlineData(false, FailureClass.InvalidRequest, false)]
    [InlineData(true, FailureClass.InvalidRequest, false)]
    [InlineData(false, FailureClass.Authentication, true)]
    [InlineData(true, FailureClass.ContentFilter, true)]
    public async Task Only_some_failures_fall_back(bool streaming, FailureClass failure, bool fallsBack)
    {
        StepRoutingChatClient router = _fixture.Router(Fails(new ModelCallException(failure, "no")), Says("by large"));
        using TaskScope task = _fixture.Begin(router);

        if (fallsBack)
            (await AskAsync(router, streaming)).Text.ShouldBe("by large");
        else
            (await Should.ThrowAsync<ModelCallException>(() => AskAsync(router, streaming))).Failure.ShouldBe(failure);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_call_is_booked_in_full_never_retried_and_throws_what_was_thrown(bool streaming)
    {
        using var cancel = new CancellationTokenSource();
        var small = new CallbackChatClient(async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return Reply("never");
        });
        StepRoutingChatClient router = _fixture.Router(small, Says("by large"));
        using TaskScope task = _fixture.Begin(router);

        Task<ChatResponse> asking = AskAsync(router, streaming, cancellationToken: cancel.Token);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asking);
        task.Ledger.Snapshot().Spent.ShouldBe(_fixture.Single<BudgetReserved>().Held);
        _fixture.Single<CallFailed>().Failure.ShouldBe(FailureClass.Cancelled);
        small.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_the_first_update_has_reached_the_caller_nothing_is_tried_again()
    {
        var small = new CallbackChatClient((_, _, _) => Task.FromResult(Reply("half")))
        {
            Stream = (_, _) => Breaks(),
        };
        StepRoutingChatClient router = _fixture.Router(small, Says("by large"));
        using TaskScope task = _fixture.Begin(router);
        var received = new List<string>();

        await Should.ThrowAsync<ModelCallException>(async () =>
        {
            await foreach (ChatResponseUpdate update in router.GetStreamingResponseAsync("Do it."))
                received.Add(update.Text);
        });

        received.ShouldBe(["half"]);
        task.Ledger.Snapshot().Spent.ShouldBe(_fixture.Single<BudgetReserved>().Held);

        static async IAsyncEnumerable<ChatResponseUpdate> Breaks()
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "half");
            await Task.Yield();
            throw new IOException("connection reset");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_that_the_caller_leaves_is_settled_in_full_unless_the_model_had_finished(bool finished)
    {
        var small = new CallbackChatClient((_, _, _) => Task.FromResult(Reply("x"))) { Stream = (_, _) => Endless(finished) };
        StepRoutingChatClient router = _fixture.Router(small);
        using TaskScope task = _fixture.Begin(router);

        await foreach (ChatResponseUpdate update in router.GetStreamingResponseAsync("Do it."))
        {
            if (update.Text == "b")
                break;
        }

        BudgetSnapshot budget = task.Ledger.Snapshot();
        budget.Reserved.ShouldBe(default);
        budget.Spent.Tokens.ShouldBe(finished ? 12 : _fixture.Single<BudgetReserved>().Held.Tokens);

        static async IAsyncEnumerable<ChatResponseUpdate> Endless(bool finished)
        {
            var report = new UsageContent(new UsageDetails { InputTokenCount = 10, OutputTokenCount = 2 });
            yield return new ChatResponseUpdate(ChatRole.Assistant, [report]) { FinishReason = finished ? ChatFinishReason.Stop : null };
            yield return new ChatResponseUpdate(ChatRole.Assistant, "a");
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, "b");
            yield return new ChatResponseUpdate(ChatRole.Assistant, "c");
        }
    }

    [Fact]
    public async Task A_server_that_sends_a_running_count_with_every_update_is_booked_once()
    {
        var small = new CallbackChatClient((_, _, _) => Task.FromResult(Reply("x"))) { Stream = (_, _) => Counting() };
        StepRoutingChatClient router = _fixture.Router(small);
        using TaskScope task = _fixture.Begin(router);

        await AskAsync(router, streaming: true);

        task.Ledger.Snapshot().Spent.Tokens.ShouldBe(105);

        static async IAsyncEnumerable<ChatResponseUpdate> Counting()
        {
            for (int i = 1; i <= 5; i++)
            {
                await Task.Yield();
                var soFar = new UsageContent(new UsageDetails { InputTokenCount = 100, OutputTokenCount = i });
                yield return new ChatResponseUpdate(ChatRole.Assistant, [new TextContent("a"), soFar]) { FinishReason = i == 5 ? ChatFinishReason.Stop : null };
            }
        }
    }

    [Fact]
    public async Task A_budget_that_advises_leaves_the_features_and_the_cached_prefix_alone()
    {
        _fixture.Options.TimeProvider = _fixture.Clock;
        ModelProfile cached = Small with { CacheTimeToLive = TimeSpan.FromMinutes(5) };
        var router = new StepRoutingChatClient(new ModelSet().Add(cached, Says("a", input: 5_000)), _fixture.Options);
        using TaskScope task = _fixture.Begin(router, new Budget { Usd = 1m, Mode = BudgetMode.Advise });
        List<ChatMessage> messages = [new(ChatRole.User, "u"), new(ChatRole.Tool, [new FunctionResultContent("call-1", "ok")])];

        await router.GetResponseAsync(messages);
        await router.GetResponseAsync(messages);

        _fixture.Events.OfType<StepRouted>().ShouldAllBe(e => e.Features.InToolLoop);
        _fixture.Events.OfType<StepRouted>().Last().Candidates[0].ExpectedCachedTokens.ShouldBe(5_000);
    }

    [Fact]
    public async Task A_budget_of_a_hundred_days_is_a_budget_like_any_other()
    {
        StepRoutingChatClient router = _fixture.Router(Says("done"));
        using TaskScope task = _fixture.Begin(router, new Budget { Time = TimeSpan.FromDays(100) });
        (await AskAsync(router, false)).Text.ShouldBe("done");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_throws_before_its_task_or_stream_is_classified_too(bool streaming)
    {
        StepRoutingChatClient router = _fixture.Router(new ThrowingClient(), Says("by large"));
        using TaskScope task = _fixture.Begin(router);

        await Should.ThrowAsync<ModelCallException>(() => AskAsync(router, streaming));

        task.Ledger.Snapshot().Reserved.ShouldBe(default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_the_time_is_up_a_call_in_flight_ends_as_a_budget_that_is_used_up(bool streaming)
    {
        var small = new CallbackChatClient(async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return Reply("never");
        });
        StepRoutingChatClient router = _fixture.Router(small);
        using TaskScope task = _fixture.Begin(router, new Budget { Time = TimeSpan.FromSeconds(30), OnExceeded = OnExceeded.Stop });

        Task<ChatResponse> asking = AskAsync(router, streaming);
        await WaitUntil(() => small.Requests.Count == 1);
        await AdvanceUntil(asking, TimeSpan.FromSeconds(31));

        (await Should.ThrowAsync<BudgetExceededException>(() => asking)).Refusal.Dimension.ShouldBe(BudgetDimension.Time);
        task.Ledger.Snapshot().Reserved.ShouldBe(default);
    }

    [Fact]
    public async Task Parallel_calls_share_one_budget_and_never_pass_it()
    {
        StepRoutingChatClient router = _fixture.Router(new CallbackChatClient(async (_, options, _) =>
        {
            await Task.Yield();
            return Reply("done", input: 50, output: options!.MaxOutputTokens!.Value);
        }));
        var budget = new Budget { Usd = 0.01m, OnExceeded = OnExceeded.Stop };
        using TaskScope task = _fixture.Begin(router, budget);

        int refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            try
            {
                await AskAsync(router, streaming: false);
            }
            catch (BudgetExceededException)
            {
                Interlocked.Increment(ref refused);
            }
        }));

        refused.ShouldBeGreaterThan(0);
        BudgetSnapshot end = task.Ledger.Snapshot();
        end.Spent.Usd.ShouldBeLessThanOrEqualTo(Money.FromUsd(0.01m));
        end.Reserved.ShouldBe(default);
        end.Spent.Usd.ShouldBe(_fixture.Events.OfType<BudgetSettled>().Aggregate(Money.Zero, (sum, e) => sum + e.Booked.Usd));
    }

    [Fact]
    public async Task Below_function_invocation_the_router_is_asked_at_every_call()
    {
        AITool tool = AIFunctionFactory.Create(() => "sunny", "weather");
        var small = new CallbackChatClient((messages, _, _) => Task.FromResult(
            messages.Count(m => m.Role == ChatRole.Tool) < 3
                ? new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent($"call-{messages.Count}", "weather")])) { Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 1 } }
                : Reply("It is sunny.")));
        _fixture.Options.TimeProvider = _fixture.Clock;
        IChatClient client = new ChatClientBuilder(new ModelSet().Add(Small, small).Add(Large, Says("no")))
            .UseFunctionInvocation()
            .UseStepRouting(router => router.UseThreshold())
            .Build();
        using TaskScope task = client.BeginTask(new Budget { Usd = 1m }, _fixture);

        ChatResponse answer = await client.GetResponseAsync("How is the weather?", new ChatOptions { Tools = [tool] });

        answer.Text.ShouldBe("It is sunny.");
        _fixture.Events.OfType<StepRouted>().Count().ShouldBe(4);
        _fixture.Events.OfType<StepRouted>().Select(e => e.Features.InToolLoop).ShouldBe([false, true, true, true]);
    }

    [Fact]
    public void It_answers_the_services_that_the_ecosystem_asks_for()
    {
        StepRoutingChatClient router = _fixture.Router(Says("x"));

        router.GetService<ChatClientMetadata>()!.ProviderName.ShouldBe("agentrouter");
        router.GetService<ActivitySource>()!.Name.ShouldBe("AgentRouter");
        router.GetService<ModelSet>().ShouldNotBeNull();
        router.GetService<IStepRouter>().ShouldNotBeNull();
        router.GetService(typeof(string)).ShouldBeNull();
    }

    [Fact]
    public async Task The_identity_of_a_step_stays_inside_unless_the_client_asks_for_it()
    {
        CallbackChatClient small = Says("done");
        StepRoutingChatClient router = _fixture.Router(small);
        var identity = new StepIdentity("run-1", Node: "code", Role: "executor");

        await AskAsync(router, false, options: new ChatOptions().WithStep(identity));
        await AskAsync(router, false, options: new ChatOptions().WithStep(identity));

        small.Requests.ShouldAllBe(options => options!.GetStep() == null);
        identity.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_budget_that_advises_tells_the_model_what_is_left_in_the_last_message()
    {
        IReadOnlyList<ChatMessage>? seen = null;
        StepRoutingChatClient router = _fixture.Router(new CallbackChatClient((messages, _, _) =>
        {
            seen = messages;
            return Task.FromResult(Reply("done"));
        }));
        using TaskScope task = _fixture.Begin(router, new Budget { Usd = 0.25m, Calls = 3, Mode = BudgetMode.Advise });

        await AskAsync(router, false);

        seen!.Count.ShouldBe(2);
        seen[1].Text.ShouldBe("Budget left for this task: $0.2500 of $0.2500, 3 of 3 calls. Plan so that you finish within it.");
    }

    [Fact]
    public async Task Outside_a_task_calls_are_counted_and_not_limited()
    {
        StepRoutingChatClient router = _fixture.Router(Says("done"));
        TaskScope.Current.ShouldBeNull();
        (await AskAsync(router, false)).Text.ShouldBe("done");
    }

    [Fact]
    public void A_pipeline_without_models_or_router_says_what_is_missing()
    {
        Should.Throw<InvalidOperationException>(() => new ChatClientBuilder(Says("x")).UseStepRouting().Build()).Message.ShouldContain("ModelSet");
        Should.Throw<InvalidOperationException>(() => Says("x").BeginTask(new Budget())).Message.ShouldContain("UseStepRouting");
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(64, 0)]
    public void Bad_options_are_refused_when_the_client_is_made(int minimum, int attempts)
    {
        _fixture.Options.MinimumUsefulOutputTokens = minimum;
        _fixture.Options.Retry.AttemptsPerModel = attempts;
        Should.Throw<ArgumentOutOfRangeException>(() => _fixture.Router(Says("x")));
    }

    private static async Task WaitUntil(Func<bool> condition)
    {
        for (int i = 0; i < 500 && !condition(); i++)
            await Task.Delay(10);
        condition().ShouldBeTrue();
    }

    private async Task AdvanceUntil(Task task, TimeSpan step)
    {
        for (int i = 0; i < 100 && !task.IsCompleted; i++)
        {
            _fixture.Clock.Advance(step);
            await Task.WhenAny(task, Task.Delay(20));
        }
    }

    private sealed class ThrowingClient : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new ArgumentException("bad tool schema");

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new ArgumentException("bad tool schema");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
