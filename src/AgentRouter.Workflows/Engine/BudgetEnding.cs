using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Engine;

/// <summary>Ends a run whose budget is used up, as the budget says.</summary>
internal sealed class BudgetEnding(RunSession run, WorkflowInstance workflow)
{
    /// <summary>The name under which the last answer is asked for: of its node and of its role.</summary>
    public const string WrapUpName = "wrapUp";

    private const string Instruction = "The budget is used up. In at most 60 words, say what was done for this task and what is left to do.";

    // the reserve is small and a token may be a byte: each try asks for less
    private static readonly (int PromptBytes, int OutputTokens)[] Tries = [(700, 160), (400, 96), (220, 48)];

    public async Task<RunEnding> EndAsync(NodeResult exceeded, CancellationToken cancellationToken)
    {
        switch (run.Ledger.Budget.OnExceeded)
        {
            case OnExceeded.WrapUp:
                string answer = await AskAsync(cancellationToken) ?? LocalSummary();
                return cancellationToken.IsCancellationRequested
                    ? new RunEnding(RunOutcome.Cancelled, "The run was cancelled while its last answer was made.", LocalSummary())
                    : new RunEnding(RunOutcome.BudgetExceeded, exceeded.Reason, answer);
            case OnExceeded.Ask when !run.Question.Declined:
                return new RunEnding(RunOutcome.Waiting, $"{exceeded.Reason} A person must raise the budget, or end the run.", null);
            default:
                return new RunEnding(RunOutcome.BudgetExceeded, exceeded.Reason, null);
        }
    }

    // The last answer, paid from the reserve; null when even that does not fit or fails.
    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        BudgetAmount available = run.Ledger.Available(SpendPurpose.WrapUp);
        run.Log?.Emit(new WrapUpStarted(run.Ledger.Budget.Usd is null ? null : available.Usd));
        using TaskScope part = TaskScope.Current!.BeginPart(WrapUpName);
        part.Purpose = SpendPurpose.WrapUp;
        var identity = new StepIdentity(run.RunId, run.WorkflowName, WrapUpName, WrapUpName, WrapUpName);
        foreach ((int promptBytes, int outputTokens) in Tries)
        {
            try
            {
                ChatOptions options = new ChatOptions { MaxOutputTokens = outputTokens }.WithStep(identity);
                ChatResponse response = await run.Chat.GetResponseAsync([new ChatMessage(ChatRole.User, Prompt(promptBytes))], options, cancellationToken);
                return string.IsNullOrWhiteSpace(response.Text) ? null : response.Text.Trim();
            }
            catch (BudgetExceededException)
            {
                // a shorter one may fit
            }
            catch (Exception exception) when (exception is ModelCallException or OperationCanceledException)
            {
                return null;
            }
        }

        return null;
    }

    private string Prompt(int bytes)
    {
        int room = bytes - Instruction.Length - 16;
        string task = TextLimit.CutToBytes(Task(), room / 2);
        string done = TextLimit.CutToBytes(Done(perOutput: room / 3), room - Encoding.UTF8.GetByteCount(task));
        return $"{Instruction}\nTask: {task}\nDone: {done}";
    }

    private string LocalSummary() =>
        $"(Not even a last answer could be paid for; this summary was made without a model.) Task: {TextLimit.Shorten(Task(), 300)} Done: {TextLimit.Shorten(Done(perOutput: 160), 900)}";

    private string Task()
    {
        var text = new StringBuilder(workflow.Definition.Description ?? workflow.Definition.Name);
        foreach ((string name, JsonNode? value) in workflow.Inputs)
            text.Append(CultureInfo.InvariantCulture, $" {name}={OneLine(JsonText.Plain(value), 200)}");
        return text.ToString();
    }

    // The latest work says most, so it comes first.
    private string Done(int perOutput)
    {
        var text = new StringBuilder();
        for (int i = workflow.Nodes.Count - 1; i >= 0; i--)
        {
            RunningNode node = workflow.Nodes[i];
            if (node.Visits == 0)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"{node.Definition.Name} ({node.Visits}x)");
            if (node.HasOutput)
                text.Append(": ").Append(OneLine(JsonText.Plain(node.Output), perOutput));
            text.Append("; ");
        }

        return text.Length == 0 ? "nothing yet" : text.ToString().TrimEnd(' ', ';');
    }

    private static string OneLine(string text, int bytes) => TextLimit.CutToBytes(text.ReplaceLineEndings(" "), bytes);
}
