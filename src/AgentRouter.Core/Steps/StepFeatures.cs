namespace AgentRouter.Steps;

/// <summary>Cheap facts about a step, computed once, without any model or network. docs/routing.md lists them.</summary>
public readonly record struct StepFeatures
{
    /// <summary>Gets the number of LLM calls the task has made before this one.</summary>
    public int StepIndex { get; init; }

    /// <summary>Gets the number of this LLM call within the visit of its node, from 1.</summary>
    public int CallInVisit { get; init; }

    /// <summary>Gets the number of messages.</summary>
    public int MessageCount { get; init; }

    /// <summary>Gets the number of tool results among the messages.</summary>
    public int ToolResultCount { get; init; }

    /// <summary>Gets the number of tool results among the last eight messages that report an error.</summary>
    public int RecentToolErrors { get; init; }

    /// <summary>Gets how many of the last tool results report an error, with none between that does not.</summary>
    public int ToolErrorsInARow { get; init; }

    /// <summary>Gets the number of tool calls among the messages.</summary>
    public int ToolCallCount { get; init; }

    /// <summary>Gets the number of different tools that were called; from 32 on they are not told apart.</summary>
    public int DistinctToolCount { get; init; }

    /// <summary>Gets the number of tool calls among the last sixteen messages that had been made before, among these, with the same arguments.</summary>
    public int RepeatedToolCalls { get; init; }

    /// <summary>Gets the number of messages in which the assistant has said something.</summary>
    public int AnswerCount { get; init; }

    /// <summary>Gets the length of all that the assistant has said, in characters.</summary>
    public long AnswersLength { get; init; }

    /// <summary>Gets the length of what the assistant has said last, in characters; 0 before its first answer.</summary>
    public int LastAnswerLength { get; init; }

    /// <summary>Gets the length of the last user message, in characters.</summary>
    public int PromptLength { get; init; }

    /// <summary>Gets the number of signs of code in the last user message: braces, semicolons, backticks.</summary>
    public int CodeMarks { get; init; }

    /// <summary>Gets the number of question marks in the last user message.</summary>
    public int QuestionMarks { get; init; }

    /// <summary>Gets the number of signs of mathematics in the last user message, such as + = ^ √ ≤.</summary>
    public int MathsMarks { get; init; }

    /// <summary>Gets the number of numbers in the last user message.</summary>
    public int NumberCount { get; init; }

    /// <summary>Gets the script of the last user message.</summary>
    public LanguageScript Language { get; init; }

    /// <summary>Gets the length of the text of all messages, in characters.</summary>
    public long TotalLength { get; init; }

    /// <summary>Gets the number of tools on offer.</summary>
    public int ToolCount { get; init; }

    /// <summary>Gets a value indicating whether the last message is a tool's result: the step is inside a tool loop.</summary>
    public bool InToolLoop { get; init; }

    /// <summary>Gets a value indicating whether a message holds an image.</summary>
    public bool HasImages { get; init; }

    /// <summary>Gets a value indicating whether an answer in JSON is asked for.</summary>
    public bool WantsJson { get; init; }

    /// <summary>Gets how often the task's work was verified and found right.</summary>
    public int ChecksPassed { get; init; }

    /// <summary>Gets how often the task's work was verified and found wrong.</summary>
    public int ChecksFailed { get; init; }

    /// <summary>Gets how many of the last verifications of the task's work found it wrong, with none between that found it right.</summary>
    public int ChecksFailedInARow { get; init; }

    /// <summary>Gets the share of the money budget that is spent or held, between 0 and 1; 0 without a limit.</summary>
    public double BudgetUsed { get; init; }

    /// <summary>Gets the share of the budget that is left, between 0 and 1, of the limit that is nearest its end: money, tokens, calls,
    /// steps or time; 1 without a limit.</summary>
    public double BudgetLeft { get; init; }
}
