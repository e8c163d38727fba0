using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Tools.Healing.Calls;

/// <summary>Calls the tools that paths are made of. Thread-safe.</summary>
public interface IToolCaller
{
    /// <summary>Finds what a tool takes.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>Its parameters, or <see langword="null"/> when it is not there: then no path leads over it.</returns>
    ToolParameters? Find(CapabilityTool tool);

    /// <summary>Calls a tool once.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Is cancelled when the caller gives up, and when the tool's time is over.</param>
    /// <returns>What came of it; a failure of the tool is a result, not an exception.</returns>
    /// <exception cref="OperationCanceledException">The call was broken off.</exception>
    ValueTask<ToolCallResult> CallAsync(ToolCall call, CancellationToken cancellationToken);
}
