using AgentRouter.Budgets;
using AgentRouter.Tools;
using AgentRouter.Workflows.Engine;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Nodes.Agent;

/// <summary>A tool as an agent's model sees it: counted, recorded, and failing in words that the model can act on.</summary>
/// <param name="tool">The tool.</param>
/// <param name="calls">Calls it.</param>
/// <param name="acts">Is told before a call that must not happen twice.</param>
/// <param name="show">What the model is shown of what came of a call; the value itself when not given. Called for a recalled result too.</param>
/// <param name="stop">Takes what must end the whole loop: the function-calling client would hand it to the model as an error.</param>
internal sealed class AgentTool(OpenTool tool, ToolInvoker calls, Func<ToolOutcome, object?>? show, Action acts, Action<Exception> stop) : DelegatingAIFunction(tool.Function)
{
    /// <summary>Gets a value indicating whether it may be called only to see where that leads.</summary>
    public bool MayTry => calls.MayTry(tool);

    /// <summary>Calls it outside the function-calling loop.</summary>
    /// <exception cref="BudgetExceededException">The step does not fit the budget.</exception>
    /// <exception cref="OperationCanceledException">The run or the node was broken off.</exception>
    public async ValueTask<object?> TryAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => Shown(await calls.CallAsync(tool, arguments, null, cancellationToken));

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        FunctionInvocationContext? call = FunctionInvokingChatClient.CurrentContext;
        if (!tool.Description.IsIdempotent)
            acts();
        try
        {
            return Shown(await calls.CallAsync(tool, arguments, call?.CallContent.CallId, cancellationToken));
        }
        catch (BudgetExceededException exception)
        {
            stop(exception);
            if (call is not null)
                call.Terminate = true;
            return "Error: the budget is used up.";
        }
        catch (RunWaitsException exception)
        {
            stop(exception);
            if (call is not null)
                call.Terminate = true;
            return "Error: a person must answer first.";
        }
    }

    private object? Shown(ToolOutcome outcome) =>
        outcome.Error is null ? ToolJson.ForModel(show is null ? outcome.Value : show(outcome)) : "Error: " + TextLimit.Shorten(outcome.Error, TextLimit.ToolResult);
}
