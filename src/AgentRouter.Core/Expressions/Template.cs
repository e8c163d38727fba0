using System.Text;

namespace AgentRouter.Expressions;

/// <summary>A text with expressions in double braces: <c>Fix {{ inputs.issue }}</c>. Immutable and thread-safe.</summary>
/// <remarks>
/// Values are inserted as text and never parsed again, so what a tool or model wrote cannot become an expression. Two
/// opening braces as such are written <c>{{ '{{' }}</c>.
/// </remarks>
public sealed class Template
{
    /// <summary>The longest template, in characters.</summary>
    public const int MaxLength = 262_144;

    private readonly Part[] _parts;

    private Template(string text, Part[] parts)
    {
        Text = text;
        _parts = parts;
    }

    /// <summary>Gets the text it was parsed from.</summary>
    public string Text { get; }

    /// <summary>Gets a value indicating whether the template is a text without any expression.</summary>
    public bool IsLiteral => Array.TrueForAll(_parts, part => part.Expression is null);

    /// <summary>Parses and checks a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="names">What its expressions may read.</param>
    /// <exception cref="ExpressionException">An expression in it cannot be loaded; the position counts from the template's start.</exception>
    public static Template Parse(string text, ExpressionNames names)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(names);
        if (text.Length > MaxLength)
            throw new ExpressionException($"A text has at most {MaxLength} characters.", 0);
        List<Part> parts = [];
        int at = 0;
        while (at < text.Length)
        {
            int open = text.IndexOf("{{", at, StringComparison.Ordinal);
            if (open < 0)
                break;
            if (open > at)
                parts.Add(new Part(text[at..open], null, at));
            int close = FindClose(text, open);
            parts.Add(new Part("", Shifted(open + 2, () => Expression.Parse(text[(open + 2)..close], names)), open + 2));
            at = close + 2;
        }

        if (at < text.Length)
            parts.Add(new Part(text[at..], null, at));
        return new Template(text, [.. parts]);
    }

    /// <summary>Checks the expressions against what they may read, after the template was parsed against something else.</summary>
    /// <param name="names">What they may read.</param>
    /// <exception cref="ExpressionException">An expression reads an unknown name, or its types do not fit; the position counts from the template's start.</exception>
    public void Check(ExpressionNames names)
    {
        foreach (Part part in _parts)
        {
            if (part.Expression is { } expression)
                Shifted(part.Position, () => expression.Check(names));
        }
    }

    /// <summary>Fills the template in. Lists and objects are written as JSON, nothing as an empty text.</summary>
    /// <param name="scope">What its expressions read.</param>
    public string Render(IExpressionScope scope)
    {
        if (_parts is [{ Expression: null } only])
            return only.Literal;
        var text = new StringBuilder();
        foreach (Part part in _parts)
            text.Append(part.Expression is null ? part.Literal : part.Expression.Evaluate(scope).ToString());
        return text.ToString();
    }

    /// <summary>Fills the template in and keeps the type where it is nothing but one expression: <c>"{{ plan.files }}"</c> gives
    /// the list itself. Everything else gives a text.</summary>
    /// <param name="scope">What its expressions read.</param>
    public ExpressionValue RenderValue(IExpressionScope scope) =>
        _parts is [{ Expression: { } only }] ? only.Evaluate(scope) : ExpressionValue.From(Render(scope));

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Finds the closing braces, past any in a quoted text.</summary>
    private static int FindClose(string text, int open)
    {
        char quote = '\0';
        for (int i = open + 2; i < text.Length && i <= open + 2 + Expression.MaxLength; i++)
        {
            char c = text[i];
            if (quote != '\0')
            {
                if (c == '\\')
                    i++;
                else if (c == quote)
                    quote = '\0';
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == '}' && i + 1 < text.Length && text[i + 1] == '}')
            {
                return i;
            }
        }

        throw new ExpressionException("This '{{' has no '}}'. Write {{ '{{' }} for two braces as such.", open);
    }

    private static T Shifted<T>(int by, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (ExpressionException exception)
        {
            throw new ExpressionException(exception.Message, exception.Position + by);
        }
    }

    private readonly record struct Part(string Literal, Expression? Expression, int Position);
}
