using AgentRouter.Events;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Routing.Policies.Risk;
using AgentRouter.Routing.Tasks;
using AgentRouter.Tools;
using Microsoft.Extensions.AI;
using static AgentRouter.Routing.Tests.CallbackChatClient;

namespace AgentRouter.Routing.Tests.Policies.Risk;

public sealed class RiskPolicyTests
{
    private readonly RoutingFixture _fixture = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_step_with_a_destructive_tool_on_offer_goes_to_the_most_capable_tier(bool streaming)
    {
        _fixture.Options.UseAlwaysSmall().UseRisk();
        (await RouteAsync(streaming, Tool("orders_delete"))).ShouldBe(("large", "risk: 'orders_delete' is on offer"));
        (await RouteAsync(streaming, Tool("read_order"))).Tier.ShouldBe("small");
    }

    [Theory]
    [InlineData("deleteOrder", true)]
    [InlineData("github-create-or-delete", true)]
    [InlineData("mail.send", true)]
    [InlineData("SEND_EMAIL", true)]
    [InlineData("payload_read", false)]
    [InlineData("undeletable", false)]
    [InlineData("list_orders", false)]
    public async Task Tools_are_told_by_the_words_of_their_names(string name, bool risky)
    {
        _fixture.Options.UseAlwaysSmall().UseRisk();
        (await RouteAsync(false, Tool(name))).Tier.ShouldBe(risky ? "large" : "small");
    }

    [Fact]
    public async Task Named_tools_take_the_place_of_the_words_and_what_a_tool_says_of_itself_counts_in_any_case()
    {
        _fixture.Options.UseAlwaysSmall().UseRisk(options => options.Tools.Add("*_refund"));
        (await RouteAsync(false, Tool("order_refund"))).Tier.ShouldBe("large");
        (await RouteAsync(false, Tool("orders_delete"))).Tier.ShouldBe("small");
        (await RouteAsync(false, Tool("harmless", destructive: true))).Tier.ShouldBe("large");
    }

    [Fact]
    public async Task The_step_that_reads_the_result_of_a_risky_call_is_risky_too()
    {
        _fixture.Options.UseAlwaysSmall().UseRisk();
        StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l"));
        using TaskScope task = _fixture.Begin(router);
        ChatMessage call = new(ChatRole.Assistant, [new FunctionCallContent("1", "refund_order")]);
        ChatMessage result = new(ChatRole.Tool, [new FunctionResultContent("1", "done")]);

        (await router.GetResponseAsync([new(ChatRole.User, "refund it"), call, result])).Text.ShouldBe("l");
        (await router.GetResponseAsync([new(ChatRole.User, "refund it"), call, result, new(ChatRole.User, "thanks")])).Text.ShouldBe("s");
        _fixture.Events.OfType<StepRouted>().First().Reason.ShouldBe("risk: 'refund_order' was called");
    }

    [Fact]
    public async Task The_policys_choice_is_kept_where_it_is_capable_enough()
    {
        _fixture.Options.UseAlwaysLarge().UseRisk(options => options.Tier = "small");
        (await RouteAsync(false, Tool("orders_delete"))).Tier.ShouldBe("large");
    }

    [Fact]
    public void An_empty_name_is_refused() =>
        Should.Throw<ArgumentException>(() => new RiskPolicy(FixedPolicy.AlwaysSmall, new RiskPolicyOptions { Tools = { " " } }));

    private async Task<(string Tier, string Reason)> RouteAsync(bool streaming, AITool tool)
    {
        StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l"));
        using TaskScope task = _fixture.Begin(router);
        await RoutingFixture.AskAsync(router, streaming, options: new ChatOptions { Tools = [tool] });
        StepRouted routed = _fixture.Events.OfType<StepRouted>().Last();
        return (routed.Tier, routed.Reason);
    }

    private static AIFunction Tool(string name, bool destructive = false) => AIFunctionFactory.Create(() => 1, new AIFunctionFactoryOptions
    {
        Name = name,
        AdditionalProperties = destructive ? new Dictionary<string, object?> { [ToolTraits.DestructiveKey] = true } : null,
    });
}
