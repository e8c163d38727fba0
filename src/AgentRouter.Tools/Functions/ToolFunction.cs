using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tools.Functions;

/// <summary>Makes a tool of a method, and answers wrong arguments with a message that a model can act on.</summary>
internal sealed class ToolFunction : DelegatingAIFunction
{
    // models pay for white space
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    private readonly ToolDescription _description;

    private ToolFunction(ToolDescription description, AIFunction inner)
        : base(inner)
    {
        _description = description;
    }

    /// <summary>Makes a tool of a method.</summary>
    /// <param name="description">What is known of it.</param>
    /// <param name="method">The method.</param>
    /// <param name="isReadOnly">Whether it changes nothing, in any case.</param>
    public static OpenTool Create(ToolDescription description, Delegate method, bool isReadOnly = false)
    {
        var options = new AIFunctionFactoryOptions
        {
            Name = description.FunctionName,
            Description = description.Description,
            MarshalResult = Marshal,
            AdditionalProperties = isReadOnly ? new Dictionary<string, object?> { [ToolTraits.ReadOnlyKey] = true } : null,
        };
        return new OpenTool(description, new ToolFunction(description, AIFunctionFactory.Create(method, options)));
    }

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        CheckNames(arguments);
        try
        {
            return await base.InvokeCoreAsync(arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException or FormatException or NotSupportedException)
        {
            throw new ToolException($"{Name}: the arguments do not fit ({exception.Message}). It takes {Shape()}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{Name}: {exception.Message}", exception);
        }
    }

    /// <summary>Text stays text, so that models see its lines; everything else becomes JSON.</summary>
    private static ValueTask<object?> Marshal(object? result, Type? type, CancellationToken cancellationToken) =>
        ValueTask.FromResult<object?>(result is null or string ? result : JsonSerializer.SerializeToElement(result, Compact.GetTypeInfo(result.GetType())));

    private void CheckNames(AIFunctionArguments arguments)
    {
        if (_description.Parameters is not { } known) return;
        if (arguments.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw new ToolException($"{Name} has no parameter '{unknown}': it takes {Shape()}.");
        }

        if (_description.RequiredParameters.FirstOrDefault(name => !arguments.TryGetValue(name, out object? value) || IsNull(value)) is { } missing)
        {
            throw new ToolException($"{Name} needs '{missing}': it takes {Shape()}.");
        }
    }

    private string Shape() =>
        string.Join(", ", (_description.Parameters ?? []).Select(name => _description.RequiredParameters.Contains(name) ? name : name + "?"));

    private static bool IsNull(object? value) => value is null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined };
}
