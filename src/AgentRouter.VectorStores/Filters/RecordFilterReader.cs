using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using AgentRouter.VectorStores.Records;
using Microsoft.Extensions.VectorData.ProviderServices;
using Microsoft.Extensions.VectorData.ProviderServices.Filter;

namespace AgentRouter.VectorStores.Filters;

/// <summary>Reads a filter from a C# expression. What it cannot read is refused by name, so that no store filters by something else.</summary>
internal sealed class RecordFilterReader : FilterTranslatorBase
{
    private RecordFilterReader()
    {
    }

    /// <summary>Reads a filter; null means every record.</summary>
    /// <exception cref="NotSupportedException">A part of the expression cannot be translated; the message shows it.</exception>
    public static RecordFilter Read(LambdaExpression? filter, CollectionModel model)
    {
        if (filter is null)
            return new RecordFilter.Constant(true);
        var reader = new RecordFilterReader();
        return reader.Read(reader.PreprocessFilter(filter, model, new FilterPreprocessingOptions()));
    }

    private RecordFilter Read(Expression part) => part switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } and => RecordFilter.And(Read(and.Left), Read(and.Right)),
        BinaryExpression { NodeType: ExpressionType.OrElse } or => RecordFilter.Or(Read(or.Left), Read(or.Right)),
        BinaryExpression { NodeType: ExpressionType.NotEqual } unequal => RecordFilter.Negate(ReadComparison(unequal, ComparisonKind.Equal)),
        BinaryExpression binary when KindOf(binary.NodeType) is { } kind => ReadComparison(binary, kind),
        UnaryExpression { NodeType: ExpressionType.Not } not when not.Type == typeof(bool) => RecordFilter.Negate(Read(not.Operand)),
        MethodCallExpression call when TryMatchContains(call, out Expression? source, out Expression? item) => ReadContains(call, source, item),
        MemberExpression { Member.Name: nameof(Nullable<>.HasValue), Expression: { } owner } when Nullable.GetUnderlyingType(owner.Type) is not null && TryBind(owner, out PropertyModel? value)
            => RecordFilter.Negate(new RecordFilter.IsNull(value)),
        _ when part.Type == typeof(bool) && TryBind(part, out PropertyModel? flag) => new RecordFilter.Comparison(flag, ComparisonKind.Equal, true),
        _ when part.Type == typeof(bool) && FilterConstant.TryEvaluate(part, out object? constant) => new RecordFilter.Constant((bool)constant!),
        _ => throw Refused(part, "filters compare properties with values, joined by &&, || and !"),
    };

    private RecordFilter ReadComparison(BinaryExpression part, ComparisonKind kind)
    {
        bool isProperty = TryBind(part.Left, out PropertyModel? property);
        if (!isProperty && TryBind(part.Right, out property))
            kind = Mirror(kind);
        if (property is null || !FilterConstant.TryEvaluate(isProperty ? part.Right : part.Left, out object? value))
            throw Refused(part, "one side must be a property of the record, the other a value");
        if (value is null)
            return kind == ComparisonKind.Equal ? new RecordFilter.IsNull(property) : new RecordFilter.Constant(false);
        if (!CanCompare(property.Type, value, kind))
            throw Refused(part, $"{property.Type.Name} and {value.GetType().Name} cannot be compared like this");
        return new RecordFilter.Comparison(property, kind, value);
    }

    private RecordFilter ReadContains(MethodCallExpression part, Expression source, Expression item)
    {
        if (TryBind(source, out PropertyModel? list))
        {
            if (RecordTypes.ElementOf(list.Type) is not { } element)
                throw Refused(part, "only lists and arrays can be searched for a value");
            if (!FilterConstant.TryEvaluate(item, out object? value) || value is null || !CanCompare(element, value, ComparisonKind.Equal))
                throw Refused(part, "what a list holds is compared with one value");
            return new RecordFilter.Holds(list, value);
        }

        if (!TryBind(item, out PropertyModel? property) || !FilterConstant.TryEvaluate(source, out object? values) || values is not IEnumerable and not null)
            throw Refused(part, "Contains takes a list of values and a property, or a list property and a value");
        object?[] candidates = values is null ? [] : [.. ((IEnumerable)values).Cast<object?>()];
        object[] found = [.. candidates.OfType<object>()];
        if (found.Any(value => value.GetType() != found[0].GetType() || !CanCompare(property.Type, value, ComparisonKind.Equal)))
            throw Refused(part, $"a value of the list cannot be compared with {property.Type.Name}");
        RecordFilter oneOf = found.Length == 0 ? new RecordFilter.Constant(false) : new RecordFilter.OneOf(property, found);
        return found.Length == candidates.Length ? oneOf : RecordFilter.Or(oneOf, new RecordFilter.IsNull(property));
    }

    /// <summary>Finds the property that an expression reads, also through conversions that do not change its value.</summary>
    private bool TryBind(Expression part, [NotNullWhen(true)] out PropertyModel? property)
    {
        property = null;
        return part switch
        {
            UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert when convert.Operand.Type != typeof(object) =>
                convert.Method is null && FilterTypes.Widens(convert.Operand.Type, convert.Type) && TryBind(convert.Operand, out property),
            MemberExpression { Member.Name: nameof(Nullable<>.Value), Expression: { } owner } when Nullable.GetUnderlyingType(owner.Type) is not null => TryBind(owner, out property),
            _ => TryBindMember(part, out property),
        };
    }

    private bool TryBindMember(Expression part, [NotNullWhen(true)] out PropertyModel? property)
    {
        try
        {
            if (!TryBindProperty(part, out property))
                return false;
            return property is VectorPropertyModel ? throw Refused(part, "vectors are searched, not filtered") : true;
        }
        catch (InvalidCastException exception)
        {
            // an entry of a dictionary that is cast to another type than that of the definition
            throw Refused(part, exception.Message);
        }
    }

    private static bool CanCompare(Type type, object value, ComparisonKind kind)
    {
        Type left = Nullable.GetUnderlyingType(type) ?? type;
        Type right = value.GetType();
        if (FilterTypes.IsNumber(left) && FilterTypes.IsNumber(right))
            return true;
        return left == right && (kind == ComparisonKind.Equal
            ? left == typeof(string) || left.IsValueType
            : left == typeof(DateTime) || left == typeof(DateTimeOffset));
    }

    private static ComparisonKind? KindOf(ExpressionType type) => type switch
    {
        ExpressionType.Equal => ComparisonKind.Equal,
        ExpressionType.LessThan => ComparisonKind.Less,
        ExpressionType.LessThanOrEqual => ComparisonKind.LessOrEqual,
        ExpressionType.GreaterThan => ComparisonKind.Greater,
        ExpressionType.GreaterThanOrEqual => ComparisonKind.GreaterOrEqual,
        _ => null,
    };

    private static ComparisonKind Mirror(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Less => ComparisonKind.Greater,
        ComparisonKind.LessOrEqual => ComparisonKind.GreaterOrEqual,
        ComparisonKind.Greater => ComparisonKind.Less,
        ComparisonKind.GreaterOrEqual => ComparisonKind.LessOrEqual,
        _ => kind,
    };

    private static NotSupportedException Refused(Expression part, string rule) => new($"The filter part '{part}' cannot be translated: {rule}.");
}
