using System.Globalization;
using System.Text;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Escalation;

namespace AgentRouter.Workflows.Engine.Healing;

/// <summary>Asks the person that a run belongs to; where nobody can be asked now, the run waits for the answer.</summary>
internal sealed class DeskEscalation(RunSession run, string node, int step) : IHealingEscalation
{
    private const string Yes = "yes";
    private const string No = "no";
    private const string Done = "done";
    private const string Again = "again";
    private const string GiveUp = "giveUp";
    private const int MostArguments = 1_000;

    public async ValueTask<EscalationDecision?> DecideAsync(EscalationRequest request, CancellationToken cancellationToken = default)
    {
        (string text, string[] choices) = request.Reason switch
        {
            EscalationReason.Interrupted => ($"{request.Message} May {request.Tool!.Name} be called with {TextLimit.Shorten(request.Arguments?.ToJsonString() ?? "{}", MostArguments)}?", new[] { Yes, No }),
            EscalationReason.Doubt => ($"{request.Message} Was it done, is it to be done again, or is the goal given up?", [Done, Again, GiveUp]),
            _ => ($"'{request.Goal}' cannot be reached: {request.Message} Missing: {string.Join(", ", request.Missing)}. {Tried(request)}Is it tried again, was it done by hand, or is it given up?", [Again, Done, GiveUp]),
        };
        var question = new PersonQuestion(run.RunId, node, TextLimit.Shorten(text, TextLimit.Event), choices, null);
        string? answer = await run.Desk.AskAsync(question, step, cancellationToken);
        return answer switch
        {
            null => throw new RunWaitsException($"The run waits for a person at node '{node}': {question.Text}"),
            Yes or Again => new EscalationDecision(EscalationDecisionKind.GoOn, "A person says so."),
            Done => new EscalationDecision(EscalationDecisionKind.Done, "A person says so."),
            _ => new EscalationDecision(EscalationDecisionKind.GiveUp, "A person says so."),
        };
    }

    private static string Tried(EscalationRequest request)
    {
        var text = new StringBuilder();
        foreach (ToolAttempt attempt in request.Attempts.Where(attempt => attempt.Failure is not null).TakeLast(3))
            text.Append(CultureInfo.InvariantCulture, $"{attempt.Tool}: {attempt.Failure!.Message}. ");
        return text.ToString();
    }
}
