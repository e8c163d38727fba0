using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Features;

/// <summary>Reads the features of a step from its messages and options in one pass, without any model or network. It allocates nothing
/// for each message.</summary>
public static class StepFeatureExtractor
{
    /// <summary>How many of the last messages are looked at for tool errors.</summary>
    public const int RecentMessages = 8;

    /// <summary>Reads the features.</summary>
    /// <param name="messages">The messages that will be sent.</param>
    /// <param name="options">The options of the request.</param>
    /// <param name="task">The task.</param>
    /// <param name="stepIndex">LLM calls the task has made before.</param>
    /// <param name="callInVisit">The call's number within the visit of its node, from 1.</param>
    public static StepFeatures Extract(IReadOnlyList<ChatMessage> messages, ChatOptions? options, TaskScope task, int stepIndex, int callInVisit)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(task);
        var walk = new MessageWalk(messages.Count, stackalloc uint[MessageWalk.MaxTools], stackalloc ulong[MessageWalk.MaxCalls]);
        for (int i = 0; i < messages.Count; i++)
            walk.Add(messages[i], i);
        TextMarks marks = walk.Prompt is { } prompt ? TextMarks.Of(prompt.Contents) : default;
        return new StepFeatures
        {
            StepIndex = stepIndex,
            CallInVisit = callInVisit,
            MessageCount = messages.Count,
            ToolResultCount = walk.ToolResults,
            RecentToolErrors = walk.RecentErrors,
            ToolErrorsInARow = walk.ErrorsInARow,
            ToolCallCount = walk.ToolCalls,
            DistinctToolCount = walk.DistinctTools,
            RepeatedToolCalls = walk.RepeatedCalls,
            AnswerCount = walk.Answers,
            AnswersLength = walk.AnswersLength,
            LastAnswerLength = walk.LastAnswerLength,
            PromptLength = walk.PromptLength,
            CodeMarks = marks.Code,
            QuestionMarks = marks.Questions,
            MathsMarks = marks.Maths,
            NumberCount = marks.Numbers,
            Language = marks.Language,
            TotalLength = walk.TotalLength,
            ToolCount = options?.Tools?.Count ?? 0,
            InToolLoop = walk.InToolLoop,
            HasImages = walk.HasImages,
            WantsJson = options?.ResponseFormat is ChatResponseFormatJson,
            ChecksPassed = task.ChecksPassed,
            ChecksFailed = task.ChecksFailed,
            ChecksFailedInARow = task.Checks.FailedInARow,
            BudgetUsed = task.Ledger.UsedShare,
            BudgetLeft = task.Ledger.LeftShare,
        };
    }
}
