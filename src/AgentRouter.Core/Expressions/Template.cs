namespace AgentRouter.Expressions;

/// <summary>A text with expressions in double braces: <c>Fix {{ inputs.issue }}</c>. Immutable and thread-safe.</summary>
/// <remarks>Values are inserted as text and never parsed again, so what a tool or model wrote cannot become an expression.</remarks>
public sealed partial class Template
{
    /// <summary>Gets the text it was parsed from.</summary>
    public required string Text { get; init; }

    /// <summary>Parses and checks a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="names">What its expressions may read.</param>
    /// <exception cref="ExpressionException">An expression in it cannot be loaded; the position counts from the template's start.</exception>
    public static Template Parse(string text, ExpressionNames names) => throw new NotImplementedException();

    /// <summary>Fills the template in. Lists and objects are written as JSON, nothing as an empty text.</summary>
    /// <param name="scope">What its expressions read.</param>
    public string Render(IExpressionScope scope) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override string ToString() => Text;
}
