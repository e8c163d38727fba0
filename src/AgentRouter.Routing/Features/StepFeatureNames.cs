using AgentRouter.Expressions;

namespace AgentRouter.Routing.Features;

/// <summary>The names by which routing rules read a step.</summary>
public static class StepFeatureNames
{
    /// <summary>Gets the names and their types, for loading rules.</summary>
    public static ExpressionNames All { get; } = new(
        new Dictionary<string, DataType>
        {
            ["node"] = DataType.Text,
            ["agent"] = DataType.Text,
            ["role"] = DataType.Text,
            ["visit"] = DataType.Number,
            ["call"] = DataType.Number,
            ["step"] = DataType.Number,
            ["messages"] = DataType.Number,
            ["toolResults"] = DataType.Number,
            ["recentToolErrors"] = DataType.Number,
            ["toolErrorsInARow"] = DataType.Number,
            ["toolCalls"] = DataType.Number,
            ["distinctTools"] = DataType.Number,
            ["repeatedToolCalls"] = DataType.Number,
            ["answers"] = DataType.Number,
            ["answersLength"] = DataType.Number,
            ["lastAnswerLength"] = DataType.Number,
            ["promptLength"] = DataType.Number,
            ["codeMarks"] = DataType.Number,
            ["questionMarks"] = DataType.Number,
            ["mathsMarks"] = DataType.Number,
            ["numbers"] = DataType.Number,
            ["language"] = DataType.Text,
            ["totalLength"] = DataType.Number,
            ["tools"] = DataType.Number,
            ["inToolLoop"] = DataType.Boolean,
            ["hasImages"] = DataType.Boolean,
            ["wantsJson"] = DataType.Boolean,
            ["checksPassed"] = DataType.Number,
            ["checksFailed"] = DataType.Number,
            ["checksFailedInARow"] = DataType.Number,
            ["budgetUsed"] = DataType.Number,
            ["budgetLeft"] = DataType.Number,
        },
        []);
}
