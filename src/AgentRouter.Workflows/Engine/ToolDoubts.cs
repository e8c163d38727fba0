using AgentRouter.Events;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Engine;

/// <summary>Decides about a tool call that was made before the process ended, and of which nobody knows whether it took effect.</summary>
internal sealed class ToolDoubts(RunSession run)
{
    /// <summary>Call it again.</summary>
    public const string Again = "again";

    /// <summary>It took effect; go on.</summary>
    public const string Done = "done";

    /// <summary>Go on as if it had failed.</summary>
    public const string Fail = "fail";

    private const string Lost = "The tool was called and took effect; what it returned is lost.";

    /// <summary>Tells whether a call of a tool may not simply be made again.</summary>
    public bool AppliesTo(OpenTool tool) => !tool.Description.IsIdempotent && run.ToolRules.OnDoubt != OnDoubt.Again;

    /// <summary>Decides about a call of a tool that this applies to.</summary>
    /// <returns>What the call came to; <see langword="null"/> when a person lets it be made again, which is noted.</returns>
    /// <exception cref="RunWaitsException">A person must decide, and nobody can be asked now.</exception>
    public async ValueTask<ToolOutcome?> DecideAsync(OpenTool tool, string node, int step, string callId, CancellationToken cancellationToken)
    {
        string name = tool.Description.FullName;
        if (run.ToolRules.OnDoubt == OnDoubt.Fail)
            return new ToolOutcome(null, $"{name} was called before the process ended, and it is not known whether it took effect.");
        var question = new PersonQuestion(
            run.RunId, node,
            $"{name} was called (call {callId}) and the process ended before it returned, so it is not known whether it took effect. Is it to be called again, was it done, or has it failed?",
            [Again, Done, Fail], null);
        switch (await run.Desk.AskAsync(question, step, cancellationToken))
        {
            case null:
                throw new RunWaitsException($"The run waits for a person at node '{node}': {question.Text}");
            case Again:
                // without this, a process that ends during the second call would leave no sign of it
                run.Log?.Emit(new ToolApproved(name, callId) { Node = node, Step = step });
                return null;
            case Done:
                return new ToolOutcome(Lost, null);
            default:
                return new ToolOutcome(null, $"{name} was called before the process ended; a person says that it failed.");
        }
    }
}
