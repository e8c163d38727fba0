namespace AgentRouter.Expressions;

/// <summary>An expression cannot be loaded.</summary>
public sealed class ExpressionException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, with a suggestion where there is one.</param>
    /// <param name="position">Where in the expression's text, from 0.</param>
    public ExpressionException(string message, int position)
        : base(message) => Position = position;

    /// <summary>Gets where in the expression's text the error is, from 0.</summary>
    public int Position { get; }
}
