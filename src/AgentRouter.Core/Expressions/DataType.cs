namespace AgentRouter.Expressions;

/// <summary>The type of a value that expressions read, that inputs take and that agents answer with.</summary>
public abstract record DataType
{
    /// <summary>Gets the type of values that are not checked at load.</summary>
    public static DataType Any { get; } = new Simple("any");

    /// <summary>Gets the type of texts.</summary>
    public static DataType Text { get; } = new Simple("text");

    /// <summary>Gets the type of numbers.</summary>
    public static DataType Number { get; } = new Simple("number");

    /// <summary>Gets the type of true and false.</summary>
    public static DataType Boolean { get; } = new Simple("boolean");

    /// <summary>A list of values of one type.</summary>
    /// <param name="Element">The type of its elements.</param>
    public sealed record List(DataType Element) : DataType
    {
        /// <inheritdoc/>
        public override string ToString() => $"list of {Element}";
    }

    /// <summary>An object with named fields.</summary>
    /// <param name="Fields">The fields in order.</param>
    public sealed record Object(IReadOnlyDictionary<string, DataType> Fields) : DataType
    {
        /// <inheritdoc/>
        public override string ToString() => "object";
    }

    private sealed record Simple(string Name) : DataType
    {
        public override string ToString() => Name;
    }
}
