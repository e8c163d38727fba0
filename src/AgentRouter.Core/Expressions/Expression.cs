using AgentRouter.Expressions.Syntax;

namespace AgentRouter.Expressions;

/// <summary>A parsed and type-checked expression. Immutable and thread-safe; evaluation is pure and bounded by its size.</summary>
/// <remarks>
/// The language is small on purpose: literals, paths (<c>test.exitCode</c>, <c>items[0].name</c>), <c>== != &lt; &lt;= &gt; &gt;=</c>,
/// <c>and or not</c>, <c>+ -</c>, parentheses, and the functions <c>contains</c>, <c>length</c> and <c>visits</c>. It cannot reach
/// into .NET, loop, or call anything. docs/yaml.md describes it on one screen.
/// </remarks>
public sealed class Expression
{
    /// <summary>The longest expression, in characters.</summary>
    public const int MaxLength = 4_096;

    /// <summary>The most parts (literals, names, operators, functions) of an expression.</summary>
    public const int MaxParts = 256;

    private readonly ExpressionNode _root;

    private Expression(string text, ExpressionNode root, DataType type)
    {
        Text = text;
        _root = root;
        Type = type;
    }

    /// <summary>Gets the text it was parsed from.</summary>
    public string Text { get; }

    /// <summary>Gets the type of its value.</summary>
    public DataType Type { get; }

    /// <summary>Parses and checks an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="names">What it may read.</param>
    /// <exception cref="ExpressionException">It is malformed or too large, reads an unknown name, or its types do not fit.</exception>
    public static Expression Parse(string text, ExpressionNames names)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(names);
        ExpressionNode root = ExpressionParser.Parse(text);
        return new Expression(text, root, root.Check(names));
    }

    /// <summary>Parses and checks a condition: an expression that is true or false.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="names">What it may read.</param>
    /// <exception cref="ExpressionException">As for <see cref="Parse"/>, or its value is neither true nor false.</exception>
    public static Expression ParseCondition(string text, ExpressionNames names)
    {
        Expression expression = Parse(text, names);
        expression.CheckCondition(names);
        return expression;
    }

    /// <summary>Checks the expression against what it may read, after it was parsed against something else.</summary>
    /// <param name="names">What it may read.</param>
    /// <returns>The type of its value.</returns>
    /// <exception cref="ExpressionException">It reads an unknown name, or its types do not fit.</exception>
    public DataType Check(ExpressionNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return _root.Check(names);
    }

    /// <summary>Checks the expression as a condition against what it may read.</summary>
    /// <param name="names">What it may read.</param>
    /// <exception cref="ExpressionException">As for <see cref="Check"/>, or its value is neither true nor false.</exception>
    public void CheckCondition(ExpressionNames names)
    {
        DataType type = Check(names);
        if (type != DataType.Boolean && type != DataType.Any)
            throw new ExpressionException($"A condition is true or false, but this is a {type}; compare it with something.", _root.Position);
    }

    /// <summary>Evaluates the expression.</summary>
    /// <param name="scope">What it reads.</param>
    public ExpressionValue Evaluate(IExpressionScope scope) => _root.Evaluate(scope);

    /// <summary>Evaluates a condition; anything but <c>true</c> is false.</summary>
    /// <param name="scope">What it reads.</param>
    public bool IsTrue(IExpressionScope scope) => Evaluate(scope).Boolean;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
