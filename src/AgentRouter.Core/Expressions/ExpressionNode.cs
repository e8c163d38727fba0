namespace AgentRouter.Expressions;

/// <summary>A part of a parsed expression.</summary>
internal abstract class ExpressionNode(int position)
{
    /// <summary>Gets where it starts in the expression's text, from 0.</summary>
    public int Position { get; } = position;

    /// <summary>Checks names and types.</summary>
    /// <returns>The type of the value.</returns>
    /// <exception cref="ExpressionException">A name is unknown or a type does not fit.</exception>
    public abstract DataType Check(ExpressionNames names);

    public abstract ExpressionValue Evaluate(IExpressionScope scope);

    /// <summary>Checks that a part has a type; what is not known before a run fits everything.</summary>
    protected static void Expect(ExpressionNode part, DataType expected, ExpressionNames names, string what)
    {
        DataType actual = part.Check(names);
        if (actual != DataType.Any && actual != expected)
            throw new ExpressionException($"{what} takes a {expected}, but this is a {actual}.", part.Position);
    }
}
