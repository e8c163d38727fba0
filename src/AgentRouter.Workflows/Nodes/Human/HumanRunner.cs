using System.Globalization;
using System.Text.Json.Nodes;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Nodes.Human;

/// <summary>Asks a person; where nobody can be asked, takes the default or leaves the run waiting.</summary>
/// <remarks>The time for an answer is counted from the question, by the clock on the wall: also while no process works on the run. Before it is up, a
/// run that is kept waits where nobody can be asked.</remarks>
internal sealed class HumanRunner(HumanNode node, NodeContext context) : INodeRunner
{
    // the time being up is not a failure here: the default is taken
    public bool KeepsTimeout => true;

    private DateTimeOffset Now => context.Run.RealTime.GetUtcNow();

    public async ValueTask<NodeResult> RunAsync(int visit, CancellationToken cancellationToken)
    {
        string question = node.Question.Render(context.Scope);
        var asked = new PersonQuestion(context.Run.RunId, context.Path, question, node.Choices, node.Default);
        DateTimeOffset? until = Until(context.Run.Desk.AskedAt(asked));
        if (context.Run.Desk.Announce(asked, null) is { } recorded)
            return NodeResult.Done(JsonValue.Create(recorded));
        (string? answer, bool isTimeUp) = await AskAsync(asked, until, cancellationToken);
        if (answer is not null && node.Choices.Count > 0 && !node.Choices.Contains(answer))
            throw new NodeFailedException($"Node '{context.Path}': the answer '{TextLimit.Shorten(answer, 60)}' is none of the choices {string.Join(", ", node.Choices)}.");
        bool byDefault = answer is null;
        answer ??= isTimeUp || !CanWait(until) ? node.Default : null;
        if (answer is null)
            return NodeResult.Waiting($"The run waits for a person at node '{context.Path}'{Describe(until)}: {TextLimit.Shorten(question, 300)}");
        context.Run.Desk.Note(asked, null, answer, byDefault);
        return NodeResult.Done(JsonValue.Create(answer));
    }

    // without a default the time limits only how long a person at hand is waited for
    private DateTimeOffset? Until(DateTimeOffset askedAt)
    {
        if (node is not { Default: not null, Timeout: { } timeout })
            return null;
        return timeout < DateTimeOffset.MaxValue - askedAt ? askedAt + timeout : DateTimeOffset.MaxValue;
    }

    // a run of which nothing is kept has nobody who could go on with it, and one that is only done again takes nothing that is not recorded
    private bool CanWait(DateTimeOffset? until) =>
        until is { } end && context.Run.Log is { KeepsValues: true } log && (log.Replay is { IsStrict: true } || Now < end);

    private async ValueTask<(string? Answer, bool IsTimeUp)> AskAsync(PersonQuestion question, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        TimeSpan? time = until is { } end ? end - Now : node.Timeout;
        if (context.Run.Person is not { } person || time <= TimeSpan.Zero)
            return (null, IsTimeUp: false);
        if (time is not { } left)
            return (await person.AskAsync(question, cancellationToken), IsTimeUp: false);
        // not on the run's clock, which stands while recorded work is done again
        using var timer = new CancellationTokenSource(Clocks.Timer(left), context.Run.RealTime);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return (await person.AskAsync(question, either.Token), IsTimeUp: false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (null, IsTimeUp: true);
        }
    }

    private string Describe(DateTimeOffset? until) => until is { } end
        ? string.Create(CultureInfo.InvariantCulture, $" until {end.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, and then takes '{TextLimit.Shorten(node.Default!, 60)}'")
        : "";
}
