using System.Diagnostics;
using System.Diagnostics.Metrics;
using AgentRouter.Events;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Telemetry;

/// <summary>The span of a tool call; disposing ends it, unless somebody else began it.</summary>
internal readonly record struct ToolSpan(Activity? Activity, bool IsOwn) : IDisposable
{
    public void Dispose()
    {
        if (IsOwn)
            Activity?.Dispose();
    }
}

/// <summary>Spans and metrics of runs, under the OpenTelemetry names for generative AI; our own begin with <c>agentrouter.</c></summary>
/// <remarks>The function-calling client of Microsoft.Extensions.AI keeps its own loop span back under spans that are named
/// <c>invoke_agent …</c>, so a run reads: invoke_workflow, invoke_agent, then chat and execute_tool.</remarks>
internal static class WorkflowTelemetry
{
    public const string Name = "AgentRouter";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> RunDuration = Meter.CreateHistogram<double>("agentrouter.run.duration", "s", "How long runs take.");
    private static readonly Histogram<double> RunCost = Meter.CreateHistogram<double>("agentrouter.run.cost", "{USD}", "What runs cost.");
    private static readonly Histogram<double> ToolDuration = Meter.CreateHistogram<double>("agentrouter.tool.duration", "s", "How long tool calls take.");

    public static Activity? StartWorkflow(string workflow, string runId, string? node = null)
    {
        Activity? activity = Start("invoke_workflow", workflow);
        if (activity is null)
            return null;
        activity.SetTag("gen_ai.workflow.name", workflow);
        activity.SetTag("gen_ai.conversation.id", runId);
        activity.SetTag("agentrouter.run.id", runId);
        if (node is not null)
            activity.SetTag("agentrouter.node", node);
        return activity;
    }

    public static void EndWorkflow(Activity? activity, string workflow, RunEnded ended, TimeSpan duration)
    {
        string outcome = OutcomeNames.Of(ended.Outcome);
        var tags = new TagList { { "agentrouter.workflow", workflow }, { "agentrouter.run.outcome", outcome } };
        RunDuration.Record(duration.TotalSeconds, tags);
        RunCost.Record((double)ended.Budget.Spent.Usd.ToUsd(), tags);
        if (activity is null)
            return;
        activity.SetTag("agentrouter.run.outcome", outcome);
        activity.SetTag("agentrouter.budget.spent", (double)ended.Budget.Spent.Usd.ToUsd());
        if (ended.Budget.LimitUsd is { } limit)
            activity.SetTag("agentrouter.budget.limit", (double)limit.ToUsd());
        if (ended.Outcome is RunOutcome.Failed or RunOutcome.BudgetExceeded)
            Fail(activity, outcome);
    }

    public static Activity? StartAgent(AgentDefinition agent, string node, int visit)
    {
        Activity? activity = Start("invoke_agent", agent.Name);
        if (activity is null)
            return null;
        activity.SetTag("gen_ai.agent.name", agent.Name);
        activity.SetTag("agentrouter.agent.role", agent.Role);
        activity.SetTag("agentrouter.node", node);
        activity.SetTag("agentrouter.visit", visit);
        return activity;
    }

    /// <summary>Begins the span of a tool call. Where the function-calling client has begun one for the same call, that one is
    /// taken over, so that a call has one span.</summary>
    public static ToolSpan StartTool(ToolDescription tool, string callId)
    {
        if (!Source.HasListeners())
            return default;
        bool isBegun = Activity.Current is { } current
            && current.DisplayName.StartsWith("execute_tool", StringComparison.Ordinal)
            && current.GetTagItem("gen_ai.tool.call.id") as string == callId;
        Activity? activity = isBegun ? Activity.Current : Start("execute_tool", tool.FullName);
        if (activity is null)
            return default;
        activity.DisplayName = "execute_tool " + tool.FullName;
        activity.SetTag("gen_ai.tool.name", tool.FullName);
        activity.SetTag("gen_ai.tool.type", "function");
        activity.SetTag("gen_ai.tool.call.id", callId);
        activity.SetTag("gen_ai.tool.description", tool.Description);
        return new ToolSpan(activity, !isBegun);
    }

    public static void EndTool(in ToolSpan span, string tool, string? error, TimeSpan duration)
    {
        if (ToolDuration.Enabled)
            ToolDuration.Record(duration.TotalSeconds, new("gen_ai.tool.name", tool), new("agentrouter.tool.succeeded", error is null));
        if (error is not null)
            Fail(span.Activity, "tool_failed");
    }

    /// <summary>Marks a span as failed; what went wrong is content and stays out.</summary>
    public static void Fail(Activity? activity, string errorType)
    {
        activity?.SetTag("error.type", errorType);
        activity?.SetStatus(ActivityStatusCode.Error);
    }

    private static Activity? Start(string operation, string name)
    {
        if (!Source.HasListeners())
            return null;
        Activity? activity = Source.StartActivity($"{operation} {name}");
        activity?.SetTag("gen_ai.operation.name", operation);
        return activity;
    }
}
