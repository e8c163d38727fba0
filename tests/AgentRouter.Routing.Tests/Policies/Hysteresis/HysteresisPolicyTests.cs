using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Policies;
using AgentRouter.Routing.Policies.Hysteresis;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using AgentRouter.Tokens;
using Microsoft.Extensions.AI;
using static AgentRouter.Routing.Tests.CallbackChatClient;

namespace AgentRouter.Routing.Tests.Policies.Hysteresis;

public sealed class HysteresisPolicyTests
{
    private const int Tokens = 20_000;

    private static readonly ModelProfile Weak = new()
    {
        Name = "weak",
        Tier = "small",
        Prices = new ModelPrices(1m, 5m, 0.1m, 1.25m),
        CacheTimeToLive = TimeSpan.FromMinutes(5),
    };

    private static readonly ModelProfile Strong = Weak with { Name = "strong", Tier = "large", Prices = new ModelPrices(5m, 25m, 0.5m, 6.25m) };

    private readonly RoutingFixture _fixture = new();
    private readonly Wishes _wishes = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_visit_to_the_cheap_model_shortly_before_the_end_does_not_pay_for_the_lost_cache(bool streaming)
    {
        _fixture.Options.UseHysteresis();
        // it has seen that conversations end with their third call
        for (int before = 0; before < 40; before++)
            await TalkAsync(streaming, "large", "large", "large");
        var routes = await TalkAsync(streaming, "large", "large", "small", "large");
        routes.Select(route => route.Tier).ShouldBe(["large", "large", "large", "large"]);
        routes[2].Reason.ShouldStartWith("stays with strong: switching costs $0.02");
        routes[2].Reason.ShouldEndWith("; wished weak: wish 3");
        routes[2].Policy.ShouldBe("wishes+hysteresis");
    }

    [Fact]
    public async Task Where_it_saves_more_than_the_margin_the_wish_is_followed_and_the_reason_says_what_it_costs()
    {
        // a prompt that is hardly cached: the dear model writes it again, so the cheap one is the cheaper call at once
        _fixture.Options.UseHysteresis();
        var routes = await TalkAsync(false, ["large", "small"], wait: TimeSpan.FromMinutes(6));
        routes.Select(route => route.Tier).ShouldBe(["large", "small"]);
        routes[1].Reason.ShouldStartWith("wish 2; switching costs $0.00 in lost cache and saves $");

        _fixture.Options.Policy = _wishes;
        _fixture.Options.UseHysteresis(options => options.MarginUsd = 10m);
        (await TalkAsync(false, ["large", "small"], wait: TimeSpan.FromMinutes(6))).Select(route => route.Tier).ShouldBe(["large", "large"]);
    }

    [Fact]
    public async Task A_wish_for_more_is_followed_unless_its_worth_is_set_and_does_not_pay()
    {
        _fixture.Options.UseHysteresis();
        (await TalkAsync(false, "small", "large")).Select(route => route.Tier).ShouldBe(["small", "large"]);

        _fixture.Options.Policy = _wishes;
        _fixture.Options.UseHysteresis(options => options.UpgradeValueUsd = 0.001m);
        (await TalkAsync(false, "small", "large")).Select(route => route.Tier).ShouldBe(["small", "small"]);
        (await TalkAsync(false, "large")).Single().Tier.ShouldBe("small", "even the first call has to be worth it");

        _fixture.Options.Policy = _wishes;
        _fixture.Options.UseHysteresis(options => options.UpgradeValueUsd = 1m);
        (await TalkAsync(false, "small", "large")).Select(route => route.Tier).ShouldBe(["small", "large"]);
    }

    [Fact]
    public async Task Predicted_success_is_priced_in_both_directions()
    {
        _wishes.Predictions = [0.5, 0.9];
        _fixture.Options.UseHysteresis(options => options.CallValueUsd = 0.01m);
        (await TalkAsync(false, "small", "large")).Select(route => route.Tier).ShouldBe(["small", "small"]);

        _fixture.Options.Policy = _wishes;
        _fixture.Options.UseHysteresis(options => options.CallValueUsd = 1m);
        (await TalkAsync(false, "small", "large")).Select(route => route.Tier).ShouldBe(["small", "large"]);
        (await TalkAsync(false, ["large", "small"], wait: TimeSpan.FromMinutes(6))).Select(route => route.Tier)
            .ShouldBe(["large", "large"], "what the cheap call saves is less than what it loses");
    }

    [Fact]
    public async Task In_a_tool_loop_a_mere_wish_waits()
    {
        _fixture.Options.UseHysteresis();
        var routes = await TalkAsync(false, ["small", "large", "large"], inToolLoop: [false, true, false]);
        routes.Select(route => route.Tier).ShouldBe(["small", "small", "large"]);
        routes[1].Reason.ShouldBe("stays with weak until the tool loop ends; wished strong: wish 2");

        _fixture.Options.Policy = _wishes;
        _fixture.Options.UseHysteresis(options => options.ToolLoopLock = false);
        (await TalkAsync(false, ["small", "large"], inToolLoop: [false, true])).Select(route => route.Tier).ShouldBe(["small", "large"]);

        _fixture.Options.Policy = _wishes;
        _wishes.Predictions = [0.1, 0.9];
        _fixture.Options.UseHysteresis(options => options.CallValueUsd = 1m);
        (await TalkAsync(false, ["small", "large"], inToolLoop: [false, true])).Select(route => route.Tier).ShouldBe(["small", "large"], "a gain that pays breaks the lock");
    }

    [Fact]
    public async Task Giving_up_and_learning_are_the_inner_policys_own()
    {
        _wishes.GivesUp = true;
        _fixture.Options.UseHysteresis();
        await Should.ThrowAsync<TaskGivenUpException>(() => TalkAsync(false, "small"));
        _wishes.GivesUp = false;
        await TalkAsync(false, "small", "small");
        _wishes.Learned.ShouldBe(2);
    }

    [Fact]
    public void Amounts_below_zero_are_refused()
    {
        var inner = new Wishes();
        Should.Throw<ArgumentOutOfRangeException>(() => new HysteresisPolicy(inner, new() { MarginUsd = -1m })).Message.ShouldContain("Margin");
        Should.Throw<ArgumentOutOfRangeException>(() => new HysteresisPolicy(inner, new() { UpgradeValueUsd = -1m }));
        Should.Throw<ArgumentOutOfRangeException>(() => new HysteresisPolicy(inner, new() { CallGap = TimeSpan.FromSeconds(-1) }));
    }

    public HysteresisPolicyTests() => _fixture.Options.Policy = _wishes;

    private Task<List<StepRouted>> TalkAsync(bool streaming, params string[] wishes) => TalkAsync(streaming, wishes, TimeSpan.Zero);

    /// <summary>One conversation of calls, each with a wish.</summary>
    private async Task<List<StepRouted>> TalkAsync(bool streaming, string[] wishes, TimeSpan wait = default, bool[]? inToolLoop = null)
    {
        _fixture.Options.TimeProvider = _fixture.Clock;
        _wishes.Tiers = new Queue<string>(wishes);
        int before = _fixture.Events.Count;
        var models = new ModelSet(["small", "large"]).Add(Weak, Says("w", Tokens)).Add(Strong, Says("s", Tokens));
        var router = new StepRoutingChatClient(models, _fixture.Options);
        using TaskScope task = _fixture.Begin(router, new Budgets.Budget { Usd = 100m });
        List<ChatMessage> messages = [new(ChatRole.User, new string('x', (int)(Tokens / ByteBoundTokenCounter.Instance.TypicalShare)))];
        for (int call = 0; call < wishes.Length; call++)
        {
            messages.Add(inToolLoop?[call] == true
                ? new ChatMessage(ChatRole.Tool, [new FunctionResultContent("id", "done")])
                : new ChatMessage(ChatRole.User, "go on"));
            ChatResponse answer = streaming
                ? await router.GetStreamingResponseAsync(messages).ToChatResponseAsync()
                : await router.GetResponseAsync(messages);
            messages.AddRange(answer.Messages);
            _fixture.Clock.Advance(wait);
        }

        return [.. _fixture.Events.Skip(before).OfType<StepRouted>()];
    }

    private sealed class Wishes : IRoutingPolicy
    {
        private int _asked;

        public Queue<string> Tiers { get => field; set => (field, _asked) = (value, 0); } = [];

        public double[]? Predictions { get; set; }

        public bool GivesUp { get; set; }

        public int Learned { get; private set; }

        public string Name => "wishes";

        public bool MayGiveUp => GivesUp;

        public ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
        {
            for (int i = 0; i < candidates.Count; i++)
                candidates[i].PredictedSuccess = Predictions?[i];
            string tier = Tiers.Dequeue();
            return new(new PolicyChoice(candidates.First(candidate => candidate.Model.Profile.Tier == tier), $"wish {++_asked}") { GivesUp = GivesUp });
        }

        public void Learn(StepIdentity step, RouteDecision decision, StepOutcome outcome) => Learned += outcome.Failure == FailureClass.Transient ? 0 : 1;
    }
}
