using AgentRouter.VectorStores.Records;
using Microsoft.Extensions.VectorData.ProviderServices;
using Npgsql;
using NpgsqlTypes;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>Statements that write and delete records.</summary>
internal static class PostgresWrites
{
    /// <summary>Writes records, as many in one statement as it takes parameters for. Of two with the same key the later counts: one statement cannot write a
    /// row twice.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Upsert<TRecord>(PostgresTable table, IReadOnlyList<TRecord> records, RecordVectors vectors)
        where TRecord : class
    {
        int rows = Math.Min(PostgresDefaults.MaxRows, PostgresDefaults.MaxParameters / table.Model.Properties.Count);
        return StoreKey.LastOfEach(table.Model, records).Chunk(rows).Select(chunk => Upsert(table, records, vectors, chunk));
    }

    /// <summary>Deletes the records with these keys.</summary>
    public static NpgsqlBatchCommand Delete(PostgresTable table, Array keys) => new SqlText()
        .Append("DELETE FROM ").Append(table.QuotedName).Append(" WHERE ").Append(table.QuotedKey)
        .Append(" = ANY(").Value(keys, NpgsqlDbType.Array | PostgresTypes.ParameterOf(table.Model.KeyProperty.Type)).Append(")").ToCommand();

    private static NpgsqlBatchCommand Upsert<TRecord>(PostgresTable table, IReadOnlyList<TRecord> records, RecordVectors vectors, int[] rows)
        where TRecord : class
    {
        IReadOnlyList<PropertyModel> properties = table.Model.Properties;
        var sql = new SqlText();
        sql.Append("INSERT INTO ").Append(table.QuotedName).Append(" (").Join(", ", properties, property => sql.Name(property.StorageName)).Append(") VALUES ")
            .Join(", ", rows, row => sql.Append("(").Join(", ", properties, property => AppendValue(property, row)).Append(")"))
            .Append(" ON CONFLICT (").Append(table.QuotedKey).Append(") DO UPDATE SET ")
            .Join(", ", [.. properties.Where(property => property is not KeyPropertyModel)], property => sql.Name(property.StorageName).Append(" = EXCLUDED.").Name(property.StorageName));
        return sql.ToCommand();

        void AppendValue(PropertyModel property, int row)
        {
            if (property is VectorPropertyModel vector)
                sql.Vector(vectors.Of(vector, row));
            else
                sql.Value(PostgresTypes.ToStored(property.GetValueAsObject(records[row])), PostgresTypes.ParameterOf(property.Type));
        }
    }
}
