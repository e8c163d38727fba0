using System.IO.Enumeration;
using AgentRouter.Events;
using AgentRouter.Tools;
using AgentRouter.Tools.Healing;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Engine;

/// <summary>Asks a person before tools are called that the workflow names under <c>tools: { approve: […] }</c>.</summary>
internal sealed class ToolApprovals(RunSession run)
{
    private const string Yes = "yes";
    private const string No = "no";

    private const int MostArguments = 1_000;

    /// <summary>Tells whether a person must approve calls of a tool.</summary>
    public bool AppliesTo(OpenTool tool) => run.ToolRules.Approve.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, tool.Description.FullName, ignoreCase: false));

    /// <summary>Asks.</summary>
    /// <returns>What the model is told when a person says no; <see langword="null"/> when the call is approved.</returns>
    /// <exception cref="RunWaitsException">Nobody can be asked now.</exception>
    public async ValueTask<ToolOutcome?> AskAsync(OpenTool tool, string node, int step, string callId, AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        string name = tool.Description.FullName;
        var question = new PersonQuestion(run.RunId, node, $"May {name} be called with {TextLimit.Shorten(ToolJson.Arguments(arguments), MostArguments)}?", [Yes, No], null);
        string? answer = await run.Desk.AskAsync(question, step, cancellationToken);
        if (answer is null)
            throw new RunWaitsException($"The run waits for a person at node '{node}': {question.Text}");
        if (answer != Yes)
            return new ToolOutcome(null, $"A person declined this call of {name}.")
            {
                IsDeclined = true,
                Failure = new ToolFailure(ToolFailureKind.Declined, $"A person declined this call of {name}."),
            };
        run.Log?.Emit(new ToolApproved(name, callId) { Node = node, Step = step });
        return null;
    }
}
