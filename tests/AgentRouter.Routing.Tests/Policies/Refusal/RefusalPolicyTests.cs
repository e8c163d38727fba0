using AgentRouter.Events;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Routing.Policies.Refusal;
using AgentRouter.Routing.Policies.Risk;
using AgentRouter.Routing.Tasks;
using Microsoft.Extensions.AI;
using static AgentRouter.Routing.Tests.CallbackChatClient;

namespace AgentRouter.Routing.Tests.Policies.Refusal;

public sealed class RefusalPolicyTests
{
    private readonly RoutingFixture _fixture = new();

    public RefusalPolicyTests() => _fixture.Options.UseAlwaysLarge();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_empty_request_is_answered_by_the_least_capable_model(bool streaming)
    {
        _fixture.Options.UseRefusal();
        (await RouteAsync(streaming, "  \n")).ShouldBe(("small", "refusal: the request is shorter than 2 characters"));
        (await RouteAsync(streaming, "?")).Tier.ShouldBe("small");
        (await RouteAsync(streaming, "ok")).Tier.ShouldBe("large");
    }

    [Fact]
    public async Task A_request_outside_the_scope_is_answered_by_the_least_capable_model()
    {
        _fixture.Options.UseRefusal(options =>
        {
            options.Scope.Add("flight");
            options.Scope.Add("booking");
        });
        (await RouteAsync(false, "Write me a poem.")).ShouldBe(("small", "refusal: the request holds none of the 2 phrases of the scope"));
        (await RouteAsync(false, "Change my FLIGHT.")).Tier.ShouldBe("large");
        (await RouteAsync(false, "Change my flight.", "Yes, please.")).Tier.ShouldBe("large", "the conversation is in scope");
        (await RouteAsync(false, "Change my flight.", " ")).Tier.ShouldBe("small", "an empty request is empty in any scope");
    }

    [Fact]
    public async Task A_picture_is_a_request_and_instructions_alone_are_nothing_to_refuse()
    {
        _fixture.Options.UseRefusal();
        (await RouteAsync(false, new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "application/pdf")]))).Tier.ShouldBe("large");
        (await RouteAsync(false, new ChatMessage(ChatRole.System, "Work."))).Tier.ShouldBe("large");
    }

    [Fact]
    public async Task Risk_around_it_wins()
    {
        _fixture.Options.UseRefusal().UseRisk();
        StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l"));
        using TaskScope task = _fixture.Begin(router);
        AITool tool = AIFunctionFactory.Create(() => 1, "orders_delete");
        (await router.GetResponseAsync([new(ChatRole.User, "")], new ChatOptions { Tools = [tool] })).Text.ShouldBe("l");
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new RefusalPolicy(FixedPolicy.AlwaysLarge, new RefusalPolicyOptions { ShortestRequest = -1 }));
        Should.Throw<ArgumentException>(() => new RefusalPolicy(FixedPolicy.AlwaysLarge, new RefusalPolicyOptions { Scope = { "" } }));
    }

    private Task<(string Tier, string Reason)> RouteAsync(bool streaming, params string[] requests) =>
        RouteAsync(streaming, [.. requests.Select(request => new ChatMessage(ChatRole.User, request))]);

    private async Task<(string Tier, string Reason)> RouteAsync(bool streaming, params ChatMessage[] messages)
    {
        StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l"));
        using TaskScope task = _fixture.Begin(router);
        _ = streaming
            ? await router.GetStreamingResponseAsync(messages).ToChatResponseAsync()
            : await router.GetResponseAsync(messages);
        StepRouted routed = _fixture.Events.OfType<StepRouted>().Last();
        return (routed.Tier, routed.Reason);
    }
}
