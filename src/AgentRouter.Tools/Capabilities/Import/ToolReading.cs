using System.Reflection;
using AgentRouter.Expressions;
using AgentRouter.Pricing;
using AgentRouter.Tools.Functions;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tools.Capabilities.Import;

/// <summary>Reads what one tool says of itself.</summary>
/// <param name="options">How.</param>
/// <param name="note">Takes what could not be read.</param>
internal sealed class ToolReading(CapabilityImportOptions options, Action<string> note)
{
    /// <summary>Reads a tool.</summary>
    /// <param name="name">Its name in the graph, which is the one it is called by.</param>
    /// <param name="function">The tool.</param>
    /// <param name="description">What its source says of it, or <see langword="null"/>.</param>
    public CapabilityTool Read(string name, AIFunction function, ToolDescription? description)
    {
        ProvidesAttribute? declared = function.UnderlyingMethod?.GetCustomAttribute<ProvidesAttribute>();
        ToolEffect effect = declared?.Effect ?? EffectOf(function, description);
        DataType result = ImportedSchemas.Promised(function.ReturnJsonSchema);
        var tool = new CapabilityTool
        {
            Name = name,
            Provides = declared is { Capabilities.Count: > 0 } ? declared.Capabilities : [description?.Capability ?? name],
            Effect = effect,
            Risk = declared?.Risk ?? (ToolTraits.IsDestructive(function) ? ToolRisk.High : ToolRisk.Low),
            Result = result,
        };
        tool = WithNeeds(tool, function);
        if (declared is not null)
            tool = WithDeclared(tool, declared);
        return declared is null && options.UsesResultFields ? WithFields(tool) : tool;
    }

    private static ToolEffect EffectOf(AIFunction function, ToolDescription? description)
    {
        if (ToolTraits.IsReadOnly(function))
            return ToolEffect.None;
        return ToolTraits.IsIdempotent(function) || description?.IsIdempotent == true ? ToolEffect.Repeatable : ToolEffect.Once;
    }

    private CapabilityTool WithNeeds(CapabilityTool tool, AIFunction function)
    {
        MethodInfo? method = function.UnderlyingMethod;
        List<string> needs = [.. method?.GetCustomAttribute<NeedsAttribute>()?.Facts ?? []];
        var arguments = new Dictionary<string, object>(StringComparer.Ordinal);
        Dictionary<string, string> paths = PathsOf(tool.Name, method);
        IEnumerable<string> parameters = JsonSchemaTypes.Required(function.JsonSchema).Where(parameter => parameter != ToolTraits.IdempotencyKey).Union(paths.Keys);
        foreach (string parameter in parameters)
        {
            string path = paths.GetValueOrDefault(parameter, parameter);
            string fact = path.Split('.', '[')[0];
            if (path != parameter && Parse(tool.Name, path) is { } template)
                arguments[parameter] = template;
            if (!needs.Contains(fact))
                needs.Add(fact);
        }

        return tool with { Needs = needs, Arguments = arguments };
    }

    private Dictionary<string, string> PathsOf(string tool, MethodInfo? method)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ParameterInfo parameter in method?.GetParameters() ?? [])
        {
            if (parameter.GetCustomAttribute<NeedsAttribute>() is not { } needs)
                continue;
            if (needs.Facts is [var path] && parameter.Name is { } name)
                paths[name] = path;
            else
                note($"The parameter '{parameter.Name}' of '{tool}' is given one fact, but {needs.Facts.Count} are named; the fact of its name is taken.");
        }

        return paths;
    }

    private Template? Parse(string tool, string path)
    {
        try
        {
            return Template.Parse($"{{{{ {path} }}}}", ExpressionNames.Unchecked);
        }
        catch (ExpressionException exception)
        {
            note($"What '{tool}' needs cannot be read: '{path}' ({exception.Message})");
            return null;
        }
    }

    private CapabilityTool WithDeclared(CapabilityTool tool, ProvidesAttribute declared) => tool with
    {
        Cost = declared.Cost,
        Price = PriceOf(tool.Name, declared.Usd),
        Amount = declared.Amount,
        Check = declared.Check,
        Undo = declared.Undo,
        IsResultPromised = declared.NonEmpty,
        Timeout = declared.TimeoutSeconds == 0 ? tool.Timeout : TimeOf(tool, declared.TimeoutSeconds),
        Attempts = declared.Attempts == 0 ? tool.Attempts : declared.Attempts,
        CallsPerMinute = declared.CallsPerMinute == 0 ? null : declared.CallsPerMinute,
    };

    private Money PriceOf(string tool, double usd)
    {
        if (usd is >= 0 and <= 1_000_000)
            return Money.FromUsd((decimal)usd);
        note($"The price of '{tool}' is no amount of dollars; it counts as free.");
        return Money.Zero;
    }

    private TimeSpan TimeOf(CapabilityTool tool, double seconds)
    {
        if (seconds > 0 && seconds <= CapabilityDefaults.MaxTimeout.TotalSeconds)
            return TimeSpan.FromSeconds(seconds);
        note($"The timeout of '{tool.Name}' must be above 0 and at most {CapabilityDefaults.MaxTimeout.TotalHours} hour; the default is taken.");
        return tool.Timeout;
    }

    private CapabilityTool WithFields(CapabilityTool tool)
    {
        if (tool.Result is not DataType.Object result)
            return tool;
        string[] fields = [.. result.Fields.Keys.Where(field => !options.CommonFields.Contains(field) && !tool.Needs.Contains(field) && !tool.Provides.Contains(field))];
        if (fields.Length == 0)
            return tool;
        if (tool.Effect == ToolEffect.None || options.UsesResultFieldsOfEffects)
            return tool with { Provides = [.. tool.Provides, .. fields.Take(CapabilityDefaults.MaxFactsOfTool - tool.Provides.Count)] };
        note($"'{tool.Name}' has an effect, so it is not called to learn what it returns: {string.Join(", ", fields.Take(8))}.");
        return tool;
    }
}
