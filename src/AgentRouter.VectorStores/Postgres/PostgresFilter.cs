using AgentRouter.VectorStores.Filters;
using AgentRouter.VectorStores.Records;
using Microsoft.Extensions.VectorData.ProviderServices;
using NpgsqlTypes;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>Writes a filter as a condition that is true or false and never unknown: what SQL calls unknown for a missing value is false, as in C#.</summary>
internal static class PostgresFilter
{
    public static void Write(SqlText sql, RecordFilter filter)
    {
        switch (filter)
        {
            case RecordFilter.Constant constant:
                sql.Append(constant.Value ? "TRUE" : "FALSE");
                break;
            case RecordFilter.All all:
                sql.Append("(").Join(" AND ", all.Parts, part => Write(sql, part)).Append(")");
                break;
            case RecordFilter.Any any:
                sql.Append("(").Join(" OR ", any.Parts, part => Write(sql, part)).Append(")");
                break;
            case RecordFilter.Not not:
                sql.Append("NOT ");
                Write(sql, not.Part);
                break;
            case RecordFilter.IsNull isNull:
                sql.Append("(").Name(isNull.Property.StorageName).Append(" IS NULL)");
                break;
            case RecordFilter.Comparison comparison:
                WriteKnown(sql, comparison.Property, () => Append(sql.Name(comparison.Property.StorageName).Append(OperatorOf(comparison.Kind)), comparison.Value));
                break;
            case RecordFilter.OneOf oneOf:
                WriteKnown(sql, oneOf.Property, () => AppendAll(sql.Name(oneOf.Property.StorageName).Append(" = ANY("), oneOf.Values).Append(")"));
                break;
            case RecordFilter.Holds holds:
                WriteKnown(sql, holds.Property, () => Append(sql.Name(holds.Property.StorageName).Append(" @> ARRAY["), holds.Value).Append("]"));
                break;
            default:
                throw new NotSupportedException($"PostgreSQL does not filter by {filter.GetType().Name}.");
        }
    }

    private static void WriteKnown(SqlText sql, PropertyModel property, Action condition)
    {
        sql.Append("(");
        condition();
        if (RecordTypes.CanBeNull(property.Type))
            sql.Append(" AND ").Name(property.StorageName).Append(" IS NOT NULL");
        sql.Append(")");
    }

    private static SqlText Append(SqlText sql, object value) => sql.Value(PostgresTypes.ToStored(value), PostgresTypes.ParameterOf(value.GetType()));

    private static SqlText AppendAll(SqlText sql, IReadOnlyList<object> values)
    {
        Type type = values[0].GetType();
        var items = Array.CreateInstance(type, values.Count);
        for (int i = 0; i < values.Count; i++)
            items.SetValue(values[i], i);
        return sql.Value(PostgresTypes.ToStored(items), NpgsqlDbType.Array | PostgresTypes.ParameterOf(type));
    }

    private static string OperatorOf(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Less => " < ",
        ComparisonKind.LessOrEqual => " <= ",
        ComparisonKind.Greater => " > ",
        ComparisonKind.GreaterOrEqual => " >= ",
        _ => " = ",
    };
}
