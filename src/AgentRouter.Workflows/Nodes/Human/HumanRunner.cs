using System.Text.Json.Nodes;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Nodes.Human;

/// <summary>Asks a person; where nobody can be asked, takes the default or leaves the run waiting.</summary>
internal sealed class HumanRunner(HumanNode node, NodeContext context) : INodeRunner
{
    // the time being up is not a failure here: the default is taken
    public bool KeepsTimeout => true;

    public async ValueTask<NodeResult> RunAsync(int visit, CancellationToken cancellationToken)
    {
        string question = node.Question.Render(context.Scope);
        var asked = new PersonQuestion(context.Run.RunId, context.Path, question, node.Choices, node.Default);
        if (context.Run.Desk.Announce(asked, null) is { } recorded)
            return NodeResult.Done(JsonValue.Create(recorded));
        string? answer = await AskAsync(asked, cancellationToken);
        if (answer is not null && node.Choices.Count > 0 && !node.Choices.Contains(answer))
            throw new NodeFailedException($"Node '{context.Path}': the answer '{TextLimit.Shorten(answer, 60)}' is none of the choices {string.Join(", ", node.Choices)}.");
        bool byDefault = answer is null;
        answer ??= node.Default;
        if (answer is null)
            return NodeResult.Waiting($"The run waits for a person at node '{context.Path}': {TextLimit.Shorten(question, 300)}");
        context.Run.Desk.Note(asked, null, answer, byDefault);
        return NodeResult.Done(JsonValue.Create(answer));
    }

    private async ValueTask<string?> AskAsync(PersonQuestion question, CancellationToken cancellationToken)
    {
        if (context.Run.Person is not { } person)
            return null;
        if (node.Timeout is not { } timeout)
            return await person.AskAsync(question, cancellationToken);
        using var timer = new CancellationTokenSource(Clocks.Timer(timeout), context.Run.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await person.AskAsync(question, either.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
