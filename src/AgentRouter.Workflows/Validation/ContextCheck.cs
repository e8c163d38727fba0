using AgentRouter.Memory.Context;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Validation;

/// <summary>Checks the limit of the context of a workflow or agent: there is one, and its numbers are in their ranges where it was made in C#.</summary>
internal static class ContextCheck
{
    /// <summary>Checks what an agent has.</summary>
    public static void Run(WorkflowChecks checks, ContextDefinition context)
    {
        Ranges(checks, context);
        if (context.LookAhead is not null && context.Over(checks.Workflow.Context).Strategy is not (null or ContextStrategy.Auto))
            Unused(checks, context);
        // settings without a limit would change nothing
        if (context.Over(checks.Workflow.Context) is { Tokens: null, Share: null, Strategy: not ContextStrategy.None })
            checks.Diagnostics.Error(checks.Sources.Locate(context, context.Location), "The context has no limit.", "Add tokens: 24000, or a share of the model's window: tokens: 0.4.");
    }

    /// <summary>Checks what holds for the agents of a workflow.</summary>
    public static void Defaults(WorkflowChecks checks, ContextDefinition context)
    {
        Ranges(checks, context);
        if (context is { LookAhead: not null, Strategy: not (null or ContextStrategy.Auto) })
            Unused(checks, context);
    }

    private static void Unused(WorkflowChecks checks, ContextDefinition context) =>
        checks.Diagnostics.Error(checks.Sources.Locate(context, context.Location, "lookAhead"), "'lookAhead' tries what the strategy leaves open, but the strategy is set.", "Write strategy: auto, or take lookAhead away.");

    private static void Ranges(WorkflowChecks checks, ContextDefinition context)
    {
        if (context.Tokens is < ContextLimitOptions.LeastTokens or > ContextLimitOptions.MostTokens)
            checks.Diagnostics.Error(checks.Sources.Locate(context, context.Location, "tokens"), $"'tokens' of a context is at least {ContextLimitOptions.LeastTokens}.");
        if (context.Share is <= 0 or > 1)
            checks.Diagnostics.Error(checks.Sources.Locate(context, context.Location, "tokens"), "A share of a window is above 0 and at most 1.");
        if (context is { Tokens: not null, Share: not null })
            checks.Diagnostics.Error(checks.Sources.Locate(context, context.Location), "A context has a limit in tokens or as a share of the window, not both.");
        if (context.KeepLast is < 1 or > ContextLimitOptions.MostKeepLast)
            checks.Diagnostics.Error(checks.Sources.Locate(context, context.Location, "keepLast"), $"'keepLast' is from 1 to {ContextLimitOptions.MostKeepLast}.");
        if (context.LookAhead is < 1 or > ContextLimitOptions.MostLookAhead)
            checks.Diagnostics.Error(checks.Sources.Locate(context, context.Location, "lookAhead"), $"'lookAhead' is from 1 to {ContextLimitOptions.MostLookAhead}.");
    }
}
