using AgentRouter.VectorStores.Filters;
using Microsoft.Extensions.VectorData.ProviderServices;
using Npgsql;
using NpgsqlTypes;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>Statements that read records.</summary>
internal static class PostgresQueries
{
    /// <summary>Reads the records with these keys, in any order.</summary>
    public static NpgsqlBatchCommand ByKeys<TRecord>(PostgresTable table, PostgresRowReader<TRecord> rows, Array keys)
        where TRecord : class
    {
        var sql = new SqlText();
        AppendSelect(sql, table, rows);
        sql.Append(" WHERE ").Append(table.QuotedKey).Append(" = ANY(").Value(keys, NpgsqlDbType.Array | PostgresTypes.ParameterOf(table.Model.KeyProperty.Type)).Append(")");
        return sql.ToCommand();
    }

    /// <summary>Reads the records that a filter means, ordered, at last by their key, so that pages neither overlap nor leave gaps.</summary>
    public static NpgsqlBatchCommand ByFilter<TRecord>(PostgresTable table, PostgresRowReader<TRecord> rows, RecordFilter filter, IReadOnlyList<(PropertyModel Property, bool Ascending)> order, int top, int skip)
        where TRecord : class
    {
        var sql = new SqlText();
        AppendSelect(sql, table, rows);
        PostgresFilter.Write(sql.Append(" WHERE "), filter);
        sql.Append(" ORDER BY ");
        foreach ((PropertyModel property, bool ascending) in order)
            sql.Name(property.StorageName).Append(ascending ? ", " : " DESC, ");
        AppendPage(sql.Append(table.QuotedKey), top, skip);
        return sql.ToCommand();
    }

    /// <summary>Reads the nearest records and, in the last column, their distance. Before it, the search in the index is made wide enough, and
    /// told to go on where the filter leaves too few: by itself the index gives 40 candidates, and the filter sees no others.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Nearest<TRecord>(PostgresTable table, PostgresRowReader<TRecord> rows, VectorPropertyModel property, ReadOnlyMemory<float> vector, RecordFilter filter, int top, int skip)
        where TRecord : class
    {
        if (PostgresSchema.IsIndexed(property))
            yield return WidenSearch(top + (long)skip);
        var sql = new SqlText();
        rows.AppendColumns(sql.Append("SELECT "));
        AppendDistance(sql.Append(", "), property, vector);
        sql.Append(" FROM ").Append(table.QuotedName).Append(" WHERE ").Name(property.StorageName).Append(" IS NOT NULL AND ");
        PostgresFilter.Write(sql, filter);
        sql.Append(" ORDER BY ").Append(rows.Count + 1);
        AppendPage(sql, top, skip);
        yield return sql.ToCommand();
    }

    /// <summary>Sets the width of searches in the index until the transaction ends.</summary>
    public static NpgsqlBatchCommand WidenSearch(long results) => new SqlText()
        .Append("SELECT set_config('hnsw.iterative_scan', 'strict_order', true), set_config('hnsw.ef_search', ")
        .Value(Math.Clamp(results, PostgresDefaults.MinSearchWidth, PostgresDefaults.MaxSearchWidth).ToString(System.Globalization.CultureInfo.InvariantCulture), NpgsqlDbType.Text)
        .Append(", true)").ToCommand();

    public static void AppendDistance(SqlText sql, VectorPropertyModel property, ReadOnlyMemory<float> vector) =>
        sql.Name(property.StorageName).Append($" {PostgresDistance.Of(property).Operator} ").Vector(vector);

    public static void AppendPage(SqlText sql, int top, int skip) => sql.Append(" LIMIT ").Append(top).Append(" OFFSET ").Append(skip);

    private static void AppendSelect<TRecord>(SqlText sql, PostgresTable table, PostgresRowReader<TRecord> rows)
        where TRecord : class
    {
        rows.AppendColumns(sql.Append("SELECT "));
        sql.Append(" FROM ").Append(table.QuotedName);
    }
}
