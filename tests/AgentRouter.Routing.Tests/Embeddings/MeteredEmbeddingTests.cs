using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Calls;
using AgentRouter.Routing.Embeddings;
using AgentRouter.Routing.Tasks;
using CsCheck;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Routing.Tests.Embeddings;

public sealed class MeteredEmbeddingTests
{
    private static readonly EmbeddingProfile Paid = new() { Name = "hosted", Provider = "p", ModelId = "m", Prices = new ModelPrices(0.02m, 0) };
    private static readonly EmbeddingProfile Free = Paid with { Name = "local", Prices = ModelPrices.Free };
    private static readonly string[] Texts = ["fix the test", "paint it"];

    private readonly FakeTimeProvider _clock = new();
    private readonly FakeGenerator _inner = new();
    private readonly RoutingFixture _fixture = new();

    // a byte a token, and the framing
    private static long Worst => MeteredEmbeddingGenerator.WorstTokens(Texts);

    [Fact]
    public void The_worst_case_is_a_token_for_each_byte_and_the_framing() => MeteredEmbeddingGenerator.WorstTokens(["äb", "c"]).ShouldBe(64 + 16 + 3 + 16 + 1);

    [Fact]
    public async Task A_call_is_held_at_its_worst_and_booked_at_what_was_used()
    {
        _inner.Answer = _ => 7;
        using TaskScope scope = Begin(new Budget { Usd = 1 });

        await Generator(Paid).GenerateAsync(Texts);

        scope.Ledger.Snapshot().Spent.ShouldBe(new BudgetAmount(Money.FromUsd(0.00000014m), 7, 0, 0));
        scope.Ledger.Snapshot().Reserved.ShouldBe(default);
        _fixture.Single<BudgetReserved>().ShouldSatisfyAllConditions(
            held => held.Model.ShouldBe("hosted"),
            held => held.Held.ShouldBe(new BudgetAmount(Paid.Prices.CostOf(new TokenUsage(Worst, 0, 0, 0)), Worst, 0, 0)),
            held => held.Step.ShouldBeNull());
        _fixture.Single<BudgetSettled>().ShouldSatisfyAllConditions(
            settled => settled.Booked.Tokens.ShouldBe(7), settled => settled.InFull.ShouldBeFalse(), settled => settled.After.Spent.Tokens.ShouldBe(7));
    }

    [Fact]
    public async Task A_call_without_a_reported_usage_is_booked_in_full()
    {
        _inner.Answer = _ => null;
        using TaskScope scope = Begin(new Budget { Usd = 1 });

        await Generator(Paid).GenerateAsync(Texts);

        scope.Ledger.Snapshot().Spent.Tokens.ShouldBe(Worst);
        _fixture.Single<BudgetSettled>().InFull.ShouldBeTrue();
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_and_not_sent()
    {
        using TaskScope scope = Begin(new Budget { Usd = 0.000001m });

        BudgetExceededException refused = await Should.ThrowAsync<BudgetExceededException>(() => Generator(Paid).GenerateAsync(Texts));

        refused.Refusal.Dimension.ShouldBe(BudgetDimension.Usd);
        _fixture.Single<BudgetRefused>().Refusal.ShouldBe(refused.Refusal);
        _inner.Calls.ShouldBe(0);
        scope.Ledger.Snapshot().Spent.ShouldBe(default);
    }

    [Fact]
    public async Task What_is_free_is_not_booked_and_needs_no_budget()
    {
        await Generator(Free).GenerateAsync(Texts);
        using TaskScope scope = Begin(new Budget { Tokens = 1 });
        await Generator(Free).GenerateAsync(Texts);

        _inner.Calls.ShouldBe(2);
        _fixture.Events.ShouldBeEmpty();
        scope.Ledger.Snapshot().Spent.ShouldBe(default);
    }

    [Fact]
    public async Task What_costs_money_is_not_sent_without_a_budget() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Generator(Paid).GenerateAsync(Texts))).Message.ShouldContain("no budget says how much may be spent");

    [Fact]
    public async Task A_given_ledger_is_spent_from_before_that_of_the_task()
    {
        _inner.Answer = _ => 5;
        using TaskScope scope = Begin(new Budget { Usd = 1 });
        var ledger = new BudgetLedger(new Budget { Usd = 1 });

        await Generator(Paid, new MeteredEmbeddingOptions { Ledger = ledger }).GenerateAsync(Texts);

        ledger.Snapshot().Spent.Tokens.ShouldBe(5);
        scope.Ledger.Snapshot().Spent.ShouldBe(default);
        _fixture.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_throttled_call_is_made_again_after_the_wait_and_paid_once()
    {
        _inner.Answer = call => call == 1 ? throw new ModelCallException(FailureClass.Throttled, "slow down") { RetryAfter = TimeSpan.FromSeconds(7) } : 7;
        using TaskScope scope = Begin(new Budget { Usd = 1 });

        Task<GeneratedEmbeddings<Embedding<float>>> call = Generator(Paid).GenerateAsync(Texts);
        _inner.Calls.ShouldBe(1);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(7));
        (await call).Count.ShouldBe(2);

        scope.Ledger.Snapshot().Spent.Tokens.ShouldBe(7);
        _fixture.Events.OfType<BudgetSettled>().Select(settled => settled.Booked.Tokens).ShouldBe([0, 7]);
    }

    [Theory]
    [InlineData(FailureClass.Authentication, 1, 0)]
    [InlineData(FailureClass.InvalidRequest, 1, 0)]
    [InlineData(FailureClass.Transient, 3, 0)]
    [InlineData(FailureClass.MalformedReply, 3, 3)]
    [InlineData(FailureClass.Timeout, 3, 3)]
    public async Task Only_what_may_pass_is_tried_again_and_what_may_have_been_billed_is_booked(FailureClass failure, int calls, int booked)
    {
        _inner.Answer = _ => throw new ModelCallException(failure, "no");
        using TaskScope scope = Begin(new Budget { Usd = 1 });
        MeteredEmbeddingGenerator generator = Generator(Paid, new MeteredEmbeddingOptions { Retry = new RetryOptions { FirstDelay = TimeSpan.Zero } });

        (await Should.ThrowAsync<ModelCallException>(() => generator.GenerateAsync(Texts))).Failure.ShouldBe(failure);

        _inner.Calls.ShouldBe(calls);
        scope.Ledger.Snapshot().Spent.Tokens.ShouldBe(booked * Worst);
        scope.Ledger.Snapshot().Reserved.ShouldBe(default);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_in_the_middle_is_booked_in_full()
    {
        using var cancel = new CancellationTokenSource();
        _inner.Answer = _ =>
        {
            cancel.Cancel();
            throw new OperationCanceledException(cancel.Token);
        };
        using TaskScope scope = Begin(new Budget { Usd = 1 });

        await Should.ThrowAsync<OperationCanceledException>(() => Generator(Paid).GenerateAsync(Texts, cancellationToken: cancel.Token));

        scope.Ledger.Snapshot().Spent.Tokens.ShouldBe(Worst);
    }

    [Fact]
    public void Whatever_is_reported_what_is_spent_is_what_is_booked() => Gen.Select(Gen.Long[-5, 5_000], Gen.Bool).Array[1, 6].Sample(reports =>
    {
        var fixture = new RoutingFixture();
        var inner = new FakeGenerator { Answer = call => reports[call - 1] is (var tokens, true) ? tokens : null };
        using TaskScope scope = TaskScope.Begin("run-1", new BudgetLedger(new Budget { Usd = 1 }), fixture);
        using var generator = new MeteredEmbeddingGenerator(inner, Paid);
        for (int i = 0; i < reports.Length; i++)
            generator.GenerateAsync(Texts).GetAwaiter().GetResult();

        BudgetAmount spent = scope.Ledger.Snapshot().Spent;
        spent.Tokens.ShouldBe(fixture.Events.OfType<BudgetSettled>().Sum(settled => settled.Booked.Tokens));
        spent.Usd.ShouldBe(Paid.Prices.CostOf(new TokenUsage(spent.Tokens, 0, 0, 0)));
        scope.Ledger.Snapshot().Reserved.ShouldBe(default);
    }, iter: 200);

    private MeteredEmbeddingGenerator Generator(EmbeddingProfile profile, MeteredEmbeddingOptions? options = null) => new(_inner, profile, options ?? new MeteredEmbeddingOptions { TimeProvider = _clock });

    private TaskScope Begin(Budget budget) => TaskScope.Begin("run-1", new BudgetLedger(budget, _fixture.Clock), _fixture, _fixture.Clock);

    private sealed class FakeGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        /// <summary>Gets or sets how many tokens a call reports; it may throw.</summary>
        public Func<int, long?> Answer { get; set; } = _ => 1;

        public int Calls { get; private set; }

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            long? tokens = Answer(++Calls);
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(_ => new Embedding<float>(new float[] { 1 })))
            {
                Usage = tokens is null ? null : new UsageDetails { InputTokenCount = tokens },
            });
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
