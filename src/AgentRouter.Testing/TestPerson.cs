using System.Collections.Concurrent;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Testing;

/// <summary>A person who answers the questions of a run as the test says, in turn. Without an answer left, nobody is there.</summary>
public sealed class TestPerson : IPersonChannel
{
    private readonly ConcurrentQueue<string> _answers;
    private readonly ConcurrentQueue<PersonQuestion> _asked = new();

    /// <summary>Makes a person.</summary>
    /// <param name="answers">The answers in turn.</param>
    public TestPerson(params string[] answers) => _answers = new ConcurrentQueue<string>(answers);

    /// <summary>Gets the questions that were asked.</summary>
    public IReadOnlyCollection<PersonQuestion> Asked => _asked;

    /// <inheritdoc/>
    public ValueTask<string?> AskAsync(PersonQuestion question, CancellationToken cancellationToken = default)
    {
        _asked.Enqueue(question);
        return new(_answers.TryDequeue(out string? answer) ? answer : null);
    }
}
