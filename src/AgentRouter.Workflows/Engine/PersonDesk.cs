using AgentRouter.Events;

namespace AgentRouter.Workflows.Engine;

/// <summary>Asks the person a run belongs to, or recalls what was answered while no process worked on the run.</summary>
internal sealed class PersonDesk(RunSession run)
{
    /// <summary>Asks, and records question and answer.</summary>
    /// <param name="question">The question.</param>
    /// <param name="step">The step it is asked in, if it is in one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer; <see langword="null"/> when nobody can be asked now.</returns>
    public async ValueTask<string?> AskAsync(PersonQuestion question, int? step, CancellationToken cancellationToken)
    {
        return Announce(question, step) ?? await PutAsync(question, step, cancellationToken);
    }

    /// <summary>Asks a question that is recorded already, and records the answer.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public async ValueTask<string?> PutAsync(PersonQuestion question, int? step, CancellationToken cancellationToken)
    {
        if (run.Person is not { } person || await person.AskAsync(question, cancellationToken) is not { } answer)
            return null;
        Note(question, step, answer, byDefault: false);
        return answer;
    }

    /// <summary>Gets when a question that is about to be recorded was first asked: now, or before, in a run that goes on. In a fork, not before the fork.</summary>
    public DateTimeOffset AskedAt(PersonQuestion question)
    {
        if (run.Log?.Replay is not { } replay || replay.Peek(question.Node, null) is not PersonAsked asked)
            return run.RealTime.GetUtcNow();
        return replay.ForkedAt is { } forked && forked > asked.Time ? forked : asked.Time;
    }

    /// <summary>Records a question.</summary>
    /// <returns>The answer, where one is recorded; it is noted.</returns>
    public string? Announce(PersonQuestion question, int? step)
    {
        if (run.Log is not { } log)
            return null;
        log.Emit(new PersonAsked(TextLimit.Shorten(question.Text, TextLimit.Event), question.Choices, question.Default) { Node = question.Node, Step = step });
        if (log.Replay?.Peek(question.Node, step) is not PersonAnswered answered)
            return null;
        log.Emit(answered);
        return answered.Answer;
    }

    /// <summary>Records an answer.</summary>
    public void Note(PersonQuestion question, int? step, string answer, bool byDefault) =>
        run.Log?.Emit(new PersonAnswered(TextLimit.Shorten(answer, TextLimit.Event), byDefault) { Node = question.Node, Step = step });
}
