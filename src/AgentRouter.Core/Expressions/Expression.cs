namespace AgentRouter.Expressions;

/// <summary>A parsed and type-checked expression. Immutable and thread-safe; evaluation is pure and bounded by its size.</summary>
public sealed partial class Expression
{
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
    /// <exception cref="ExpressionException">It is malformed, reads an unknown name, or its types do not fit.</exception>
    public static Expression Parse(string text, ExpressionNames names) => throw new NotImplementedException();

    /// <summary>Evaluates the expression.</summary>
    /// <param name="scope">What it reads.</param>
    public ExpressionValue Evaluate(IExpressionScope scope) => _root.Evaluate(scope);

    /// <summary>Evaluates a condition; anything but <c>true</c> is false.</summary>
    /// <param name="scope">What it reads.</param>
    public bool IsTrue(IExpressionScope scope) => Evaluate(scope).Boolean;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
