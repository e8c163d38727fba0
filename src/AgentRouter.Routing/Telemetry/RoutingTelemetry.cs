using System.Diagnostics;
using System.Diagnostics.Metrics;
using AgentRouter.Budgets;
using AgentRouter.Models;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Telemetry;

/// <summary>Spans and metrics of routed calls: gen_ai.* by Microsoft.Extensions.AI for each model's call, agentrouter.* on the span around it.</summary>
internal static class RoutingTelemetry
{
    public const string SourceName = "AgentRouter";
    private const string SpanName = "agentrouter.route";

    // static by design of System.Diagnostics: sources and meters are process-wide and hold no state of ours
    public static ActivitySource Source { get; } = new(SourceName);

    private static Meter Meter { get; } = new(SourceName);

    private static Histogram<double> CallCost { get; } = Meter.CreateHistogram<double>(
        "agentrouter.call.cost", "{USD}", "What one routed LLM call was booked at.");

    /// <summary>Gets a value indicating whether anybody listens to spans or metrics of this name.</summary>
    public static bool IsListenedTo => Source.HasListeners() || CallCost.Enabled;

    /// <summary>Wraps a model's client so that its calls have a span and metrics of their own, with the real model's name.</summary>
    public static IChatClient Observe(IChatClient client, bool recordContent) =>
        client.GetService<OpenTelemetryChatClient>() is not null
            ? client
            : new OpenTelemetryChatClient(client, sourceName: SourceName) { EnableSensitiveData = recordContent };

    public static Activity? Start() => Source.HasListeners() ? Source.StartActivity(SpanName) : null;

    public static void Tag(Activity? span, RouteDecision decision, ModelProfile model, int attempts, BudgetLedger ledger, double costUsd, Exception? error)
    {
        if (CallCost.Enabled)
            CallCost.Record(costUsd, new("agentrouter.route.model", model.Name), new("agentrouter.route.tier", model.Tier));
        if (span is null)
            return;
        BudgetSnapshot budget = ledger.Snapshot();
        span.SetTag("agentrouter.route.model", model.Name);
        span.SetTag("agentrouter.route.tier", model.Tier);
        span.SetTag("agentrouter.route.policy", decision.Policy);
        span.SetTag("agentrouter.route.reason", decision.Reason);
        span.SetTag("agentrouter.route.attempt", attempts);
        span.SetTag("agentrouter.call.cost", costUsd);
        span.SetTag("agentrouter.budget.spent", (double)budget.Spent.Usd.ToUsd());
        span.SetTag("agentrouter.budget.reserved", (double)budget.Reserved.Usd.ToUsd());
        if (budget.LimitUsd is { } limit)
        {
            span.SetTag("agentrouter.budget.limit", (double)limit.ToUsd());
            span.SetTag("agentrouter.budget.remaining", (double)budget.RemainingUsd!.Value.ToUsd());
        }

        if (error is not null)
        {
            span.SetTag("error.type", error is Failures.ModelCallException failure ? failure.Failure.ToString() : error.GetType().Name);
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
