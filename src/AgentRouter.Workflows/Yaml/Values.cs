using System.Globalization;
using AgentRouter.Expressions;
using AgentRouter.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads single values. One that is wrong is reported and read as <see langword="null"/>.</summary>
internal static class Values
{
    private const NumberStyles PlainNumber = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    public static string? Text(YamlFile file, YamlNode node, string what)
    {
        if (node is YamlScalarNode { Value: { } value } && !YamlFile.IsNull(node))
            return value;
        file.Error(node, $"{MapReader.Capital(what)} should be a text, but is {YamlFile.Shown(node)}.", Hint(node));
        return null;
    }

    public static bool? Boolean(YamlFile file, YamlNode node, string what)
    {
        if (node is YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } scalar)
            return scalar.Value == "true";
        file.Error(node, $"{MapReader.Capital(what)} should be true or false, but is {YamlFile.Shown(node)}.");
        return null;
    }

    public static long? Integer(YamlFile file, YamlNode node, string what, long minimum, long maximum)
    {
        if (node is YamlScalarNode { Value: { } text }
            && long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            && value >= minimum && value <= maximum)
            return value;
        file.Error(node, string.Create(CultureInfo.InvariantCulture, $"{MapReader.Capital(what)} should be a whole number from {minimum:N0} to {maximum:N0}, but is {YamlFile.Shown(node)}."));
        return null;
    }

    public static decimal? Number(YamlFile file, YamlNode node, string what, decimal minimum, decimal maximum)
    {
        if (node is YamlScalarNode { Value: { } text } && decimal.TryParse(text, PlainNumber, CultureInfo.InvariantCulture, out decimal value)
            && value >= minimum && value <= maximum)
            return value;
        file.Error(node, string.Create(CultureInfo.InvariantCulture, $"{MapReader.Capital(what)} should be a number from {minimum:N0} to {maximum:N0}, but is {YamlFile.Shown(node)}."));
        return null;
    }

    /// <summary>Reads a share: <c>10%</c> or <c>0.1</c>.</summary>
    public static decimal? Share(YamlFile file, YamlNode node, string what)
    {
        if (node is YamlScalarNode { Value: { } text })
        {
            bool isPercent = text.EndsWith('%');
            if (decimal.TryParse(isPercent ? text.AsSpan(0, text.Length - 1) : text, PlainNumber, CultureInfo.InvariantCulture, out decimal value)
                && Math.Abs(value) <= 1_000)
                return isPercent ? value / 100 : value;
        }

        file.Error(node, $"{MapReader.Capital(what)} should be a share such as 10% or 0.1, but is {YamlFile.Shown(node)}.");
        return null;
    }

    public static TimeSpan? Duration(YamlFile file, YamlNode node, string what)
    {
        if (node is YamlScalarNode { Value: { } text } && YamlReader.TryDuration(text.Trim(), out TimeSpan value))
            return value;
        file.Error(node, $"{MapReader.Capital(what)} should be a time such as 30s, 10m or 1h, but is {YamlFile.Shown(node)}.");
        return null;
    }

    public static IReadOnlyList<string> Texts(YamlFile file, YamlNode node, string what)
    {
        List<string> texts = [];
        foreach (YamlNode item in YamlReader.Items(node))
        {
            if (Text(file, item, item == node ? what : $"an element of {what}") is { } text)
                texts.Add(text);
        }

        return texts;
    }

    /// <summary>Reads an expression for its form; what it reads is checked when the whole workflow is known.</summary>
    public static Expression? Expression(YamlFile file, YamlNode node, string what, bool isCondition)
    {
        if (Text(file, node, what) is not { } text)
            return null;
        try
        {
            return isCondition
                ? Expressions.Expression.ParseCondition(text, ExpressionNames.Unchecked)
                : Expressions.Expression.Parse(text, ExpressionNames.Unchecked);
        }
        catch (ExpressionException e)
        {
            file.Diagnostics.Error(file.At(node, e.Position), $"In {what}: {e.Message}");
            return null;
        }
    }

    /// <summary>Reads a template for its form; what it reads is checked when the whole workflow is known.</summary>
    public static Template? Template(YamlFile file, YamlNode node, string what)
    {
        if (Text(file, node, what) is not { } text)
            return null;
        try
        {
            return Expressions.Template.Parse(text, ExpressionNames.Unchecked);
        }
        catch (ExpressionException e)
        {
            file.Diagnostics.Error(file.At(node, e.Position), $"In {what}: {e.Message}");
            return null;
        }
    }

    private static string? Hint(YamlNode node) => node is YamlMappingNode ? "Put a text with braces or a colon in quotes." : null;
}
