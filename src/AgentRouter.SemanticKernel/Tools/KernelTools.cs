using System.Reflection;
using System.Text.Json;
using AgentRouter.Tools;
using AgentRouter.Tools.Functions;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Tools;

/// <summary>The functions of a plugin as tools.</summary>
internal static class KernelTools
{
    public static FunctionToolSource From(Kernel kernel, KernelPlugin plugin) =>
        new(plugin.Name, plugin.Select(function => new KernelTool(kernel, function)));

    /// <summary>A kernel function under its own name: the plugin's is the source's.</summary>
    private sealed class KernelTool(Kernel kernel, KernelFunction function) : AIFunction
    {
        public override string Name => function.Metadata.Name;

        public override string Description => function.Description;

        public override MethodInfo? UnderlyingMethod => function.UnderlyingMethod;

        public override IReadOnlyDictionary<string, object?> AdditionalProperties => function.AdditionalProperties;

        public override JsonElement JsonSchema => function.JsonSchema;

        public override JsonElement? ReturnJsonSchema => function.ReturnJsonSchema ?? function.Metadata.ReturnParameter.Schema?.RootElement;

        protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        {
            try
            {
                FunctionResult result = await function.InvokeAsync(kernel, new KernelArguments(arguments), cancellationToken);
                return result.GetValue<object>();
            }
            catch (KernelException exception)
            {
                // the kernel's own refusal: an argument is missing, a filter says no
                throw new ToolException($"{function.PluginName}.{Name}: {exception.Message}", exception);
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException or JsonException)
            {
                throw new ToolException($"{function.PluginName}.{Name}: the arguments do not fit ({exception.Message})", exception);
            }
        }
    }
}
