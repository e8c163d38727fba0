using AgentRouter.Routing.Learning;
using AgentRouter.Routing.Learning.Trees;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Tests.Learning;

/// <summary>A made-up table: the small model fails where a prompt asks for a proof, the large one hardly ever fails.</summary>
internal static class LearningFixture
{
    public static readonly string[] Models = ["small", "large"];

    public static readonly SuccessPredictorOptions Quick = new() { Trees = new TreeForestOptions { Trees = 20 } };

    public static OutcomeTable Table(int rows = 160, bool withPrompts = true) => new([.. Enumerable.Range(0, rows).Select(i => Row(i, withPrompts))]);

    public static string Prompt(int i) => IsHard(i) ? $"Prove that the sum of {i} odd numbers is odd if {i} is odd." : $"What is the capital of country {i}?";

    private static bool IsHard(int i) => i * 7 % 3 == 0;

    private static OutcomeRow Row(int i, bool withPrompts) => new()
    {
        Id = $"{(IsHard(i) ? "maths_proofs" : "facts_capitals")}_{i}",
        Group = i % 2 == 0 ? "even" : "odd",
        Prompt = withPrompts ? Prompt(i) : null,
        Models = new Dictionary<string, ModelOutcome>
        {
            ["small"] = new() { Score = IsHard(i) ? 0 : 1 },
            ["large"] = new() { Score = i % 10 == 0 ? 0 : 1 },
        },
    };
}
