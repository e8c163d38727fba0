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
        "toolErrorsInARow" => ExpressionValue.From(step.Features.ToolErrorsInARow),
        "toolCalls" => ExpressionValue.From(step.Features.ToolCallCount),
        "distinctTools" => ExpressionValue.From(step.Features.DistinctToolCount),
        "repeatedToolCalls" => ExpressionValue.From(step.Features.RepeatedToolCalls),
        "answers" => ExpressionValue.From(step.Features.AnswerCount),
        "answersLength" => ExpressionValue.From((double)step.Features.AnswersLength),
        "lastAnswerLength" => ExpressionValue.From(step.Features.LastAnswerLength),
        "promptLength" => ExpressionValue.From(step.Features.PromptLength),
        "codeMarks" => ExpressionValue.From(step.Features.CodeMarks),
        "questionMarks" => ExpressionValue.From(step.Features.QuestionMarks),
        "mathsMarks" => ExpressionValue.From(step.Features.MathsMarks),
        "numbers" => ExpressionValue.From(step.Features.NumberCount),
        "language" => ExpressionValue.From(NameOf(step.Features.Language)),
        "totalLength" => ExpressionValue.From((double)step.Features.TotalLength),
        "tools" => ExpressionValue.From(step.Features.ToolCount),
        "inToolLoop" => ExpressionValue.From(step.Features.InToolLoop),
        "hasImages" => ExpressionValue.From(step.Features.HasImages),
        "wantsJson" => ExpressionValue.From(step.Features.WantsJson),
        "checksPassed" => ExpressionValue.From(step.Features.ChecksPassed),
        "checksFailed" => ExpressionValue.From(step.Features.ChecksFailed),
        "checksFailedInARow" => ExpressionValue.From(step.Features.ChecksFailedInARow),
        "budgetUsed" => ExpressionValue.From(step.Features.BudgetUsed),
        "budgetLeft" => ExpressionValue.From(step.Features.BudgetLeft),
        _ => ExpressionValue.Null,
    };

    public int Visits(string node) => 0;

    private static string NameOf(LanguageScript script) => script switch
    {
        LanguageScript.None => "none",
        LanguageScript.Latin => "latin",
        LanguageScript.Cyrillic => "cyrillic",
        LanguageScript.Greek => "greek",
        LanguageScript.Hebrew => "hebrew",
        LanguageScript.Arabic => "arabic",
        LanguageScript.Indic => "indic",
        LanguageScript.Cjk => "cjk",
        _ => "other",
    };
}
