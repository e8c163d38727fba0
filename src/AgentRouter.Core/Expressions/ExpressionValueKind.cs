namespace AgentRouter.Expressions;

/// <summary>What kind of value an <see cref="ExpressionValue"/> is.</summary>
public enum ExpressionValueKind
{
    /// <summary>Nothing: a path that leads nowhere.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A JSON list.</summary>
    List,

    /// <summary>A JSON object.</summary>
    Object,
}
