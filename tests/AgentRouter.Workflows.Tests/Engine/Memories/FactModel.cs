using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Tests.Engine.Memories;

/// <summary>A model that works, and that finds facts where it is asked for them.</summary>
internal sealed class FactModel
{
    public const string Salmon = """{"facts": [{"text": "The cat eats salmon.", "about": "cat/food", "episodes": [2], "happened": null}], "concepts": [], "corrections": []}""";

    private readonly string[] _answers;

    /// <param name="answers">What it says in turn where it is asked for facts; the last one again and again.</param>
    public FactModel(params string[] answers)
    {
        _answers = answers;
        Client = new FakeModel((messages, options) =>
        {
            if (!IsLearning(messages))
                return FakeModel.Text("Salmon.");
            Asked.Add(messages.First(message => message.Role == ChatRole.User).Text);
            return FakeModel.Text(_answers[Math.Min(Asked.Count, _answers.Length) - 1]);
        });
    }

    public FakeModel Client { get; }

    /// <summary>Gets what it was asked to find facts in.</summary>
    public List<string> Asked { get; } = [];

    public static bool IsLearning(IEnumerable<ChatMessage> messages) => messages.First().Text.StartsWith("You read episodes", StringComparison.Ordinal);
}
