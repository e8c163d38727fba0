using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentRouter.SemanticKernel.Tools;

/// <summary>A function in a plugin, where it is called by its own name alone: <c>skills_open</c> is <c>open</c> of <c>skills</c>.</summary>
/// <param name="function">The function.</param>
/// <param name="plugin">The plugin's name.</param>
internal sealed class PluginFunction(AIFunction function, string plugin) : AIFunction
{
    public override string Name { get; } = function.Name[(plugin.Length + 1)..];

    public override string Description => function.Description;

    public override JsonElement JsonSchema => function.JsonSchema;

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => function.InvokeAsync(arguments, cancellationToken);
}
