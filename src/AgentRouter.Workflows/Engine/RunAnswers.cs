using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Engine;

/// <summary>Answers the questions of runs that wait for a person, while no process works on them.</summary>
public static class RunAnswers
{
    /// <summary>Finds the questions that a run waits for.</summary>
    /// <param name="store">Where the run is recorded.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    public static async Task<IReadOnlyList<PersonAsked>> FindAsync(IRunStore store, string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var open = new List<PersonAsked>();
        await foreach (RunEvent next in store.ReadAsync(runId, cancellationToken))
        {
            if (next is PersonAsked asked)
                open.Add(asked);
            else if (next is PersonAnswered)
                open.RemoveAll(question => question.Node == next.Node && question.Step == next.Step);
            else if (next is RunEnded { Outcome: RunOutcome.Succeeded or RunOutcome.Failed or RunOutcome.BudgetExceeded })
                open.Clear();
        }

        return open;
    }

    /// <summary>Answers a question; <see cref="WorkflowEngine.ResumeAsync"/> then goes on with the run.</summary>
    /// <param name="store">Where the run is recorded.</param>
    /// <param name="runId">The run.</param>
    /// <param name="answer">The answer, one of the choices where there are any.</param>
    /// <param name="node">The node whose question it is; may be left out where there is one question.</param>
    /// <param name="timeProvider">The clock; the system's when not given.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    /// <exception cref="RunInUseException">A process works on the run.</exception>
    /// <exception cref="ConfigurationException">The run waits for nobody, for several answers, or the answer is none of the choices.</exception>
    public static async Task AddAsync(
        IRunStore store, string runId, string answer, string? node = null, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(answer);
        await using IRunRecord record = await store.OpenAsync(runId, cancellationToken);
        PersonAsked question = Choose(runId, await FindAsync(store, runId, cancellationToken), node);
        if (question.Choices.Count > 0 && !question.Choices.Contains(answer))
            throw new ConfigurationException($"'{TextLimit.Shorten(answer, 60)}' is none of the choices {string.Join(", ", question.Choices)}. {Suggestion.Sentence(answer, question.Choices)}");
        long last = 0;
        await foreach (RunEvent next in store.ReadAsync(runId, cancellationToken))
            last = next.Sequence;
        var answered = new PersonAnswered(TextLimit.Shorten(answer, TextLimit.Event), ByDefault: false)
        {
            Sequence = last + 1,
            Time = (timeProvider ?? TimeProvider.System).GetUtcNow(),
            RunId = runId,
            Node = question.Node,
            Step = question.Step,
        };
        await record.AppendAsync([new RunRecordEntry(answered)], cancellationToken);
    }

    private static PersonAsked Choose(string runId, IReadOnlyList<PersonAsked> open, string? node)
    {
        if (open.Count == 0)
            throw new ConfigurationException($"The run '{runId}' waits for no answer.");
        PersonAsked[] of = [.. open.Where(question => node is null || question.Node == node)];
        return of switch
        {
            [var only] => only,
            [] => throw new ConfigurationException($"The run '{runId}' has no open question at node '{node}', but at {Nodes(open)}."),
            _ => throw new ConfigurationException($"The run '{runId}' has {of.Length} open questions, at {Nodes(of)}. Say which one is answered."),
        };
    }

    private static string Nodes(IEnumerable<PersonAsked> questions) => string.Join(", ", questions.Select(question => $"'{question.Node}'"));
}
