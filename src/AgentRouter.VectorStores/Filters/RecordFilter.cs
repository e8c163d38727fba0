using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Filters;

/// <summary>Which records are meant, in a form that every store can translate. It means what the C# expression means: a comparison with a
/// missing value is false, and its negation true.</summary>
internal abstract record RecordFilter
{
    public sealed record Constant(bool Value) : RecordFilter;

    public sealed record All(IReadOnlyList<RecordFilter> Parts) : RecordFilter;

    public sealed record Any(IReadOnlyList<RecordFilter> Parts) : RecordFilter;

    public sealed record Not(RecordFilter Part) : RecordFilter;

    /// <summary>The property compares with a value that is not null.</summary>
    public sealed record Comparison(PropertyModel Property, ComparisonKind Kind, object Value) : RecordFilter;

    /// <summary>The property is one of these values, of which none is null.</summary>
    public sealed record OneOf(PropertyModel Property, IReadOnlyList<object> Values) : RecordFilter;

    /// <summary>The property is a list that holds this value.</summary>
    public sealed record Holds(PropertyModel Property, object Value) : RecordFilter;

    public sealed record IsNull(PropertyModel Property) : RecordFilter;

    /// <summary>Joins two filters, without parts that decide nothing.</summary>
    public static RecordFilter And(RecordFilter left, RecordFilter right) => (left, right) switch
    {
        (Constant { Value: true }, _) or (_, Constant { Value: false }) => right,
        (_, Constant { Value: true }) or (Constant { Value: false }, _) => left,
        (All all, _) => new All([.. all.Parts, right]),
        _ => new All([left, right]),
    };

    /// <summary>Joins two filters, without parts that decide nothing.</summary>
    public static RecordFilter Or(RecordFilter left, RecordFilter right) => (left, right) switch
    {
        (Constant { Value: false }, _) or (_, Constant { Value: true }) => right,
        (_, Constant { Value: false }) or (Constant { Value: true }, _) => left,
        (Any any, _) => new Any([.. any.Parts, right]),
        _ => new Any([left, right]),
    };

    public static RecordFilter Negate(RecordFilter filter) => filter switch
    {
        Constant constant => new Constant(!constant.Value),
        Not not => not.Part,
        _ => new Not(filter),
    };
}
