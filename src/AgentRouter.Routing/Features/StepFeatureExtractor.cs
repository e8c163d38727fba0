using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Features;

/// <summary>Reads the features of a step from its messages and options in one pass, without any model or network.</summary>
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
        int toolResults = 0, errors = 0, promptLength = 0;
        long totalLength = 0;
        bool images = false, inToolLoop = false;
        for (int i = 0; i < messages.Count; i++)
        {
            ChatMessage message = messages[i];
            IList<AIContent> contents = message.Contents;
            int length = 0;
            bool hasToolResult = false;
            for (int j = 0; j < contents.Count; j++)
            {
                switch (contents[j])
                {
                    case TextContent text:
                        length += text.Text.Length;
                        break;
                    case FunctionResultContent result:
                        hasToolResult = true;
                        toolResults++;
                        length += (result.Result as string)?.Length ?? 0;
                        if (i >= messages.Count - RecentMessages && (result.Exception is not null || ReportsError(result.Result)))
                            errors++;
                        break;
                    case DataContent data:
                        images |= data.HasTopLevelMediaType("image");
                        break;
                    case UriContent uri:
                        images |= uri.HasTopLevelMediaType("image");
                        break;
                }
            }

            totalLength += length;
            inToolLoop = hasToolResult;
            if (message.Role == ChatRole.User)
                promptLength = length;
        }

        return new StepFeatures
        {
            StepIndex = stepIndex,
            CallInVisit = callInVisit,
            MessageCount = messages.Count,
            ToolResultCount = toolResults,
            RecentToolErrors = errors,
            PromptLength = promptLength,
            TotalLength = totalLength,
            ToolCount = options?.Tools?.Count ?? 0,
            InToolLoop = inToolLoop,
            HasImages = images,
            WantsJson = options?.ResponseFormat is ChatResponseFormatJson,
            ChecksPassed = task.ChecksPassed,
            ChecksFailed = task.ChecksFailed,
            ChecksFailedInARow = task.Checks.FailedInARow,
            BudgetUsed = task.Ledger.UsedShare,
        };
    }

    // The convention of function-calling loops: a failed call's result is a text that says so first.
    private static bool ReportsError(object? result) =>
        result is string text && text.AsSpan().TrimStart().StartsWith("error", StringComparison.OrdinalIgnoreCase);
}
