using AgentRouter.Events;
using AgentRouter.Tools.Healing;

namespace AgentRouter.Workflows.Engine.Healing;

/// <summary>Recalls from the record what was decided on the way to a goal.</summary>
internal sealed class RunHealingRecall(RunLog log, string? node, int step) : IHealingRecall
{
    public RunEvent? Next()
    {
        RunEvent? next = log.Replay?.Peek(node, step);
        if (next is not ToolReturned { Succeeded: false, Result: ToolInvoker.BrokenOff })
            return next;
        // here the process was stopped in order; the way goes on
        log.Emit(next);
        return log.Replay?.Peek(node, step);
    }

    public bool IsCalled(string callId) => log.Replay?.HasTool(node, callId) == true;
}
