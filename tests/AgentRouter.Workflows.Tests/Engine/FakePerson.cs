using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Tests.Engine;

/// <summary>A person who answers as a test says.</summary>
internal sealed class FakePerson(Func<PersonQuestion, CancellationToken, ValueTask<string?>> answer) : IPersonChannel
{
    public FakePerson(string? answer)
        : this((_, _) => new(answer))
    {
    }

    public List<PersonQuestion> Questions { get; } = [];

    public ValueTask<string?> AskAsync(PersonQuestion question, CancellationToken cancellationToken = default)
    {
        lock (Questions)
            Questions.Add(question);
        return answer(question, cancellationToken);
    }
}
