using System.Diagnostics;
using System.Diagnostics.Metrics;
using AgentRouter.Events;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Telemetry;

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
        string outcome = NameOf(ended.Outcome);
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

    public static Activity? StartTool(ToolDescription tool, string callId)
    {
        Activity? activity = Start("execute_tool", tool.FullName);
        if (activity is null)
            return null;
        activity.SetTag("gen_ai.tool.name", tool.FullName);
        activity.SetTag("gen_ai.tool.type", "function");
        activity.SetTag("gen_ai.tool.call.id", callId);
        activity.SetTag("gen_ai.tool.description", tool.Description);
        return activity;
    }

    public static void EndTool(Activity? activity, string tool, string? error, TimeSpan duration)
    {
        if (ToolDuration.Enabled)
            ToolDuration.Record(duration.TotalSeconds, new("gen_ai.tool.name", tool), new("agentrouter.tool.succeeded", error is null));
        if (activity is not null && error is not null)
            Fail(activity, "tool_failed");
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

    private static string NameOf(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Succeeded => "succeeded",
        RunOutcome.Failed => "failed",
        RunOutcome.BudgetExceeded => "budgetExceeded",
        RunOutcome.Cancelled => "cancelled",
        _ => "waiting",
    };
}
