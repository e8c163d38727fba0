using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Models;
using AgentRouter.Routing.Features;
using AgentRouter.Routing.Policies;
using AgentRouter.Routing.Policies.FirstLarge;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Routing.Policies.Rules;
using AgentRouter.Routing.Policies.Sticky;
using AgentRouter.Routing.Policies.Threshold;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;
using static AgentRouter.Routing.Tests.CallbackChatClient;
using static AgentRouter.Routing.Tests.RoutingFixture;

namespace AgentRouter.Routing.Tests.Policies;

public sealed class SimplePolicyTests
{
    private readonly RoutingFixture _fixture = new();

    private async Task<List<(string Tier, string Reason)>> RouteAsync(bool streaming, params (string Prompt, ChatOptions? Options)[] calls)
    {
        StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l"));
        using TaskScope task = _fixture.Begin(router);
        foreach ((string prompt, ChatOptions? options) in calls)
            await AskAsync(router, streaming, prompt, options);
        return [.. _fixture.Events.OfType<StepRouted>().Select(e => (e.Tier, e.Reason))];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fixed_takes_the_same_tier_every_time(bool streaming)
    {
        _fixture.Options.UseFixed("large");
        (await RouteAsync(streaming, ("a", null), ("b", null))).ShouldBe([("large", "fixed tier"), ("large", "fixed tier")]);
    }

    [Fact]
    public async Task A_tier_that_is_not_there_is_replaced_and_the_reason_says_so()
    {
        _fixture.Options.UseFixed("medium");
        (string tier, string reason) = (await RouteAsync(false, ("a", null))).Single();
        tier.ShouldBe("large");
        reason.ShouldBe("fixed tier; no model of tier 'medium' can take the step");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task First_large_takes_the_large_model_for_the_first_calls_of_a_task(bool streaming)
    {
        _fixture.Options.UseFirstLarge(options => options.Calls = 2);
        (await RouteAsync(streaming, ("a", null), ("b", null), ("c", null))).Select(r => r.Tier).ShouldBe(["large", "large", "small"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Threshold_takes_the_large_model_for_long_prompts(bool streaming)
    {
        _fixture.Options.UseThreshold(options => options.Characters = 5);
        (await RouteAsync(streaming, ("short", null), ("longer", null))).ShouldBe(
            [("small", "prompt of at most 5 characters"), ("large", "prompt longer than 5 characters")]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sticky_decides_once_and_again_when_the_context_was_compacted(bool streaming)
    {
        _fixture.Options.UseThreshold(options => options.Characters = 5).UseSticky();
        var routes = await RouteAsync(streaming, ("long enough", null), ("a little longer", null), ("tiny", null), ("tiny!", null));
        routes.Select(r => r.Tier).ShouldBe(["large", "large", "small", "small"]);
        routes[1].Reason.ShouldBe("stays with the task's model");
        routes[2].Reason.ShouldBe("decided again: prompt of at most 5 characters");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rules_take_the_first_that_holds_and_the_small_model_where_none_does(bool streaming)
    {
        _fixture.Options.UseRules(
            RoutingRule.Parse("role == 'executor' and visit > 1", "large"),
            RoutingRule.Parse("promptLength > 100", "large"));
        ChatOptions Visit(int visit) => new ChatOptions().WithStep(new StepIdentity("run-1", Role: "executor", Visit: visit));

        (await RouteAsync(streaming, ("a", Visit(1)), ("a", Visit(2)), (new string('x', 101), null))).ShouldBe(
        [
            ("small", "no rule holds"),
            ("large", "rule 1: role == 'executor' and visit > 1"),
            ("large", "rule 2: promptLength > 100"),
        ]);
    }

    [Fact]
    public void Every_feature_name_that_a_rule_may_read_has_a_value()
    {
        foreach ((string name, DataType type) in StepFeatureNames.All.Names)
        {
            var step = new StepContext
            {
                Identity = new StepIdentity("run-1", "w", "n", "a", "r"),
                Messages = [],
                Features = new StepFeatures(),
                Ledger = new Budgets.BudgetLedger(new Budgets.Budget()),
                Memory = new TaskMemory(),
            };
            ExpressionValueKind kind = new StepFeatureScope(step).Find(name).Kind;
            kind.ToString().ToLowerInvariant().ShouldBe(type.ToString(), name);
        }
    }

    [Fact]
    public void Policies_are_made_by_name_and_bad_settings_are_named()
    {
        RoutingPolicies.Create("always-small").ShouldBeSameAs(FixedPolicy.AlwaysSmall);
        RoutingPolicies.Create("threshold", With(("characters", "10"))).ShouldBeOfType<ThresholdPolicy>();
        RoutingPolicies.Create("first-large", With(("calls", "1"))).ShouldBeOfType<FirstLargePolicy>();
        RoutingPolicies.Create("first-large", With(("calls", "2"), ("sticky", "0.3"))).ShouldBeOfType<StickyPolicy>().Name.ShouldBe("first-large+sticky");
        RoutingPolicies.Create("rules", new PolicySettings { Rules = [RoutingRule.Otherwise("large")] }).ShouldBeOfType<RulesPolicy>();

        Error("no-such", new PolicySettings()).ShouldContain("always-small");
        Error("threshold", With(("characters", "many"))).ShouldContain("'characters' is a whole number from 0, not 'many'");
        Error("threshold", With(("charactres", "1"))).ShouldContain("has no setting 'charactres'");
        Error("rules", new PolicySettings()).ShouldContain("at least one rule");
        Error("fixed", new PolicySettings()).ShouldContain("fixed");
        Error("threshold", With(("sticky", "2"))).ShouldContain("between 0 and 1");
        Error("threshold", With(("hysteresis", "much"))).ShouldContain("'hysteresis' is an amount of USD from 0, such as 0.001, not 'much'");
        Error("threshold", With(("hysteresis", "0.1"), ("toolLoopLock", "maybe"))).ShouldContain("true or false");
        Error("threshold", With(("upgradeValue", "0.1"))).ShouldContain("belongs to the rule that 'hysteresis' switches on");
        Error("threshold", With(("riskTier", " "))).ShouldContain("do not fit");

        static string Error(string name, PolicySettings settings) => Should.Throw<ConfigurationException>(() => RoutingPolicies.Create(name, settings)).Message;
        static PolicySettings With(params (string Key, string Value)[] values) => new() { Values = values.ToDictionary(v => v.Key, v => v.Value) };
    }

    [Fact]
    public void No_rule_around_policies_has_a_setting_of_a_policys_name()
    {
        foreach (string policy in RoutingPolicies.Names)
            RoutingPolicies.SettingsOf(policy).ShouldBeUnique(policy);
    }

    [Fact]
    public async Task Gates_are_passed_before_any_policy_is_asked()
    {
        _fixture.Options.UseAlwaysSmall();
        var models = new ModelSet(["small", "large"])
            .Add(Small with { Capabilities = ModelCapabilities.None }, Says("s"))
            .Add(Large with { Capabilities = ModelCapabilities.Tools | ModelCapabilities.Vision }, Says("l"));
        var router = new StepRoutingChatClient(models, _fixture.Options);
        using TaskScope task = _fixture.Begin(router);
        AITool tool = AIFunctionFactory.Create(() => 1, "one");

        (await AskAsync(router, false, options: new ChatOptions { Tools = [tool] })).Text.ShouldBe("l");
        (await router.GetResponseAsync([new(ChatRole.User, [new UriContent("https://example.org/a.png", "image/png")])])).Text.ShouldBe("l");

        _fixture.Events.OfType<StepRouted>().Select(e => e.Candidates[0].Gate).ShouldBe(["Tools", "Vision"]);
    }

    [Fact]
    public async Task When_no_model_can_take_a_step_the_error_names_each_and_why()
    {
        var models = new ModelSet().Add(Small with { ContextWindow = 100 }, Says("s"));
        var router = new StepRoutingChatClient(models, _fixture.Options);

        var error = await Should.ThrowAsync<AgentRouter.Failures.ModelCallException>(() => AskAsync(router, false, new string('x', 1_000)));

        error.Failure.ShouldBe(AgentRouter.Failures.FailureClass.ContextTooLong);
        error.Message.ShouldContain("small-1: the prompt does not fit its context window of 100 tokens");
    }

    [Fact]
    public async Task Tiers_that_an_agent_does_not_allow_are_gated()
    {
        _fixture.Options.UseAlwaysSmall();
        var options = new ChatOptions().WithStep(new StepIdentity("run-1") { AllowedTiers = ["large"] });
        (await RouteAsync(false, ("a", options))).Single().ShouldBe(("large", "the only model that can take the step"));
    }
}
