using AgentRouter.Expressions;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Features;

/// <summary>A step as routing rules read it.</summary>
internal sealed class StepFeatureScope(StepContext step) : IExpressionScope
{
    public ExpressionValue Find(string name) => name switch
    {
        "node" => ExpressionValue.From(step.Identity.Node),
        "agent" => ExpressionValue.From(step.Identity.Agent),
        "role" => ExpressionValue.From(step.Identity.Role),
        "visit" => ExpressionValue.From(step.Identity.Visit),
        "call" => ExpressionValue.From(step.Features.CallInVisit),
        "step" => ExpressionValue.From(step.Features.StepIndex),
        "messages" => ExpressionValue.From(step.Features.MessageCount),
        "toolResults" => ExpressionValue.From(step.Features.ToolResultCount),
        "recentToolErrors" => ExpressionValue.From(step.Features.RecentToolErrors),
        "promptLength" => ExpressionValue.From(step.Features.PromptLength),
        "totalLength" => ExpressionValue.From((double)step.Features.TotalLength),
        "tools" => ExpressionValue.From(step.Features.ToolCount),
        "inToolLoop" => ExpressionValue.From(step.Features.InToolLoop),
        "hasImages" => ExpressionValue.From(step.Features.HasImages),
        "wantsJson" => ExpressionValue.From(step.Features.WantsJson),
        "checksPassed" => ExpressionValue.From(step.Features.ChecksPassed),
        "checksFailed" => ExpressionValue.From(step.Features.ChecksFailed),
        "checksFailedInARow" => ExpressionValue.From(step.Features.ChecksFailedInARow),
        "budgetUsed" => ExpressionValue.From(step.Features.BudgetUsed),
        _ => ExpressionValue.Null,
    };

    public int Visits(string node) => 0;
}
