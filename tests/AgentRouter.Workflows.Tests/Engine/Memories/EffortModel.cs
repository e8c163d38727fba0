using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Tests.Engine.Memories;

/// <summary>A model that works, and that helps to recall.</summary>
internal sealed class EffortModel
{
    /// <param name="helps">What it says where it helps to recall; by default what it is asked for.</param>
    public EffortModel(string? helps = null) => Client = new FakeModel((messages, _) =>
    {
        string instructions = messages[0].Text, text = messages.First(message => message.Role == ChatRole.User).Text;
        if (!instructions.Contains("memory", StringComparison.Ordinal))
        {
            Worked.Add(text);
            return FakeModel.Text("Salmon.");
        }

        Helped.Add(text);
        return FakeModel.Text(helps ?? (instructions.StartsWith("You prepare", StringComparison.Ordinal) ? """{"names": ["Lisbon"], "periods": [], "phrases": ["salmon"]}"""
            : instructions.StartsWith("You judge", StringComparison.Ordinal) ? $$"""{"scores": { {{string.Join(", ", Scores(text))}} } }"""
            : "The cat eats salmon [1]."));
    });

    public FakeModel Client { get; }

    /// <summary>Gets what the agent was asked.</summary>
    public List<string> Worked { get; } = [];

    /// <summary>Gets what was asked to help to recall.</summary>
    public List<string> Helped { get; } = [];

    private static IEnumerable<string> Scores(string notes) =>
        notes.Split('\n').Where(line => line.StartsWith('[')).Select(line => $"\"{line[1..line.IndexOf(']', StringComparison.Ordinal)]}\": {(line.Contains("salmon", StringComparison.Ordinal) ? 10 : 1)}");
}
