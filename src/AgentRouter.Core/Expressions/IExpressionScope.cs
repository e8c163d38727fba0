namespace AgentRouter.Expressions;

/// <summary>What an expression reads while it is evaluated.</summary>
public interface IExpressionScope
{
    /// <summary>Finds the value of a name: an input set, a node's output, a step feature.</summary>
    /// <param name="name">The first part of a path.</param>
    ExpressionValue Find(string name);

    /// <summary>Counts how often a node has been entered.</summary>
    /// <param name="node">The node's name.</param>
    int Visits(string node);
}
