using AgentRouter.VectorStores.Records;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using Npgsql;
using NpgsqlTypes;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>Statements that find, make and drop tables.</summary>
internal static class PostgresSchema
{
    private const string Relations = "pg_class t JOIN pg_namespace s ON s.oid = t.relnamespace AND t.relkind IN ('r', 'p')";

    public static NpgsqlBatchCommand Exists(string schema, string name) => AppendExists(new SqlText().Append("SELECT "), schema, name).ToCommand();

    /// <summary>Asks for the extension and for the table.</summary>
    public static NpgsqlBatchCommand Find(PostgresTable table) =>
        AppendExists(new SqlText().Append("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector'), "), table.Schema, table.Name).ToCommand();

    /// <summary>Lists the tables that hold vectors.</summary>
    public static NpgsqlBatchCommand List(string schema) => new SqlText()
        .Append($"SELECT t.relname FROM {Relations} WHERE s.nspname = ").Value(schema, NpgsqlDbType.Text)
        .Append(" AND EXISTS (SELECT FROM pg_attribute c JOIN pg_type y ON y.oid = c.atttypid WHERE c.attrelid = t.oid AND NOT c.attisdropped AND y.typname = 'vector')")
        .Append(" ORDER BY t.relname").ToCommand();

    public static NpgsqlBatchCommand Drop(string schema, string name) =>
        new SqlText().Append("DROP TABLE IF EXISTS ").Name(schema).Append(".").Name(name).ToCommand();

    /// <summary>Lets creations wait for each other until the transaction ends.</summary>
    public static NpgsqlBatchCommand Lock() =>
        new SqlText().Append("SELECT pg_advisory_xact_lock(").Value(PostgresDefaults.CreationLock, NpgsqlDbType.Bigint).Append(")").ToCommand();

    public static NpgsqlBatchCommand CreateExtension() => new SqlText().Append("CREATE EXTENSION IF NOT EXISTS vector").ToCommand();

    /// <summary>Makes the table and its indexes. The server names the indexes: names made here could be cut until two are the same.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Create(PostgresTable table)
    {
        var sql = new SqlText();
        sql.Append("CREATE TABLE ").Append(table.QuotedName).Append(" (")
            .Join(", ", table.Model.Properties, property => AppendColumn(sql, property)).Append(")");
        yield return sql.ToCommand();
        foreach (DataPropertyModel property in table.Model.DataProperties)
        {
            if (property.IsIndexed)
                yield return CreateIndex(table, RecordTypes.ElementOf(property.Type) is null ? "btree" : "gin", SqlText.Quote(property.StorageName));
            if (property.IsFullTextIndexed)
                yield return CreateIndex(table, "gin", table.WordsOf(property));
        }

        foreach (VectorPropertyModel property in table.Model.VectorProperties)
        {
            if (IsIndexed(property))
                yield return CreateIndex(table, "hnsw", $"{SqlText.Quote(property.StorageName)} {PostgresDistance.Of(property).OperatorClass}");
        }
    }

    public static bool IsIndexed(VectorPropertyModel property) => (property.IndexKind ?? VectorStoreDefaults.IndexKind) == IndexKind.Hnsw;

    private static NpgsqlBatchCommand CreateIndex(PostgresTable table, string method, string columns) =>
        new SqlText().Append("CREATE INDEX ON ").Append(table.QuotedName).Append($" USING {method} ({columns})").ToCommand();

    private static void AppendColumn(SqlText sql, PropertyModel property)
    {
        sql.Name(property.StorageName).Append(" ");
        if (property is VectorPropertyModel vector)
            sql.Append("vector(").Append(vector.Dimensions).Append(")");
        else
            sql.Append(PostgresTypes.SqlOf(property.Type)).Append(property is KeyPropertyModel ? " PRIMARY KEY" : RecordTypes.CanBeNull(property.Type) ? "" : " NOT NULL");
    }

    private static SqlText AppendExists(SqlText sql, string schema, string name) => sql
        .Append($"EXISTS (SELECT FROM {Relations} WHERE s.nspname = ").Value(schema, NpgsqlDbType.Text)
        .Append(" AND t.relname = ").Value(name, NpgsqlDbType.Text).Append(")");
}
