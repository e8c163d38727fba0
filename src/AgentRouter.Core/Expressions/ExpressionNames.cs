using AgentRouter.Expressions.Syntax;

namespace AgentRouter.Expressions;

/// <summary>What an expression may read, known when it is loaded.</summary>
/// <param name="Names">The names and their types.</param>
/// <param name="Nodes">The nodes that <c>visits</c> may name; empty where the function is not on offer.</param>
public sealed record ExpressionNames(IReadOnlyDictionary<string, DataType> Names, IReadOnlyCollection<string> Nodes)
{
    /// <summary>Gets the names of an expression whose surroundings are not known yet: every name may be read, as
    /// <see cref="DataType.Any"/>. Check it with <see cref="Expression.Check"/> once they are.</summary>
    public static ExpressionNames Unchecked { get; } = new(new Dictionary<string, DataType>(), []) { AllowsUnknown = true };

    /// <summary>Gets a value indicating whether names and nodes that are not listed may be read as <see cref="DataType.Any"/>.</summary>
    public bool AllowsUnknown { get; init; }

    /// <summary>Tells whether expressions can read something under this name: letters, digits and underscores, not beginning
    /// with a digit, and none of the language's own words.</summary>
    /// <param name="name">The name.</param>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Lexer.IsName(name) && !ExpressionParser.IsReserved(name);
    }
}
