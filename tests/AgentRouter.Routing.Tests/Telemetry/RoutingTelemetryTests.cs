using System.Diagnostics;
using AgentRouter.Budgets;
using AgentRouter.Routing.Tasks;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using static AgentRouter.Routing.Tests.CallbackChatClient;
using static AgentRouter.Routing.Tests.RoutingFixture;

namespace AgentRouter.Routing.Tests.Telemetry;

public sealed class RoutingTelemetryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_routed_call_has_a_span_with_the_decision_around_the_models_own(bool streaming)
    {
        var spans = new List<Activity>();
        var metrics = new List<Metric>();
        using TracerProvider traces = Sdk.CreateTracerProviderBuilder().AddSource("AgentRouter").AddInMemoryExporter(spans).Build();
        using MeterProvider meters = Sdk.CreateMeterProviderBuilder().AddMeter("AgentRouter").AddInMemoryExporter(metrics).Build();
        var fixture = new RoutingFixture();
        StepRoutingChatClient router = fixture.Router(Says("secret answer"));
        using TaskScope task = fixture.Begin(router, new Budget { Usd = 0.25m });
        using var own = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();

        await AskAsync(router, streaming, "secret question");
        meters.ForceFlush();
        // spans of other tests come in until then
        traces.Shutdown();

        Activity route = spans.Single(s => s.OperationName == "agentrouter.route" && s.TraceId == own.TraceId);
        Activity chat = spans.Single(s => s.DisplayName.StartsWith("chat", StringComparison.Ordinal) && s.TraceId == own.TraceId);
        chat.ParentSpanId.ShouldBe(route.SpanId);
        chat.GetTagItem("gen_ai.request.model").ShouldBe("small-1");
        chat.GetTagItem("gen_ai.usage.input_tokens").ShouldBe(100);
        route.GetTagItem("agentrouter.route.tier").ShouldBe("small");
        route.GetTagItem("agentrouter.route.reason").ShouldNotBeNull();
        route.GetTagItem("agentrouter.budget.limit").ShouldBe(0.25);
        metrics.Select(m => m.Name).ShouldContain("agentrouter.call.cost");
        metrics.Select(m => m.Name).ShouldContain("gen_ai.client.token.usage");
        spans.SelectMany(s => s.TagObjects).ShouldAllBe(tag => !(tag.Value as string ?? "").Contains("secret"));
    }
}
