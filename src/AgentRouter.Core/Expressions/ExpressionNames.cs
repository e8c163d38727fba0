namespace AgentRouter.Expressions;

/// <summary>What an expression may read, known when it is loaded.</summary>
/// <param name="Names">The names and their types.</param>
/// <param name="Nodes">The nodes that <c>visits</c> may name; empty where the function is not on offer.</param>
public sealed record ExpressionNames(IReadOnlyDictionary<string, DataType> Names, IReadOnlyCollection<string> Nodes);
