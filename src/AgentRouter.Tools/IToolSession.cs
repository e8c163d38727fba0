using Microsoft.Extensions.AI;

namespace AgentRouter.Tools;

/// <summary>The tools of one source, open for one run.</summary>
public interface IToolSession : IAsyncDisposable
{
    /// <summary>Gets the tools. Each function's name is the <see cref="ToolDescription.FunctionName"/> of its description.</summary>
    IReadOnlyList<OpenTool> Tools { get; }
}

/// <summary>A tool that can be called.</summary>
/// <param name="Description">What is known of it.</param>
/// <param name="Function">Calls it. Its result is an object that serializes to JSON; a tool's own failure is a
/// <see cref="ToolException"/>, whose message is written for the model or person that called.</param>
public sealed record OpenTool(ToolDescription Description, AIFunction Function);
