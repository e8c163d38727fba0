using AgentRouter.VectorStores.Filters;
using Microsoft.Extensions.VectorData.ProviderServices;
using Npgsql;
using NpgsqlTypes;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>A search by nearness and by words at once: each side ranks its candidates, and a record's score is the sum of 1 / (60 + rank) over
/// the sides that found it.</summary>
internal static class PostgresHybridQuery
{
    public static IEnumerable<NpgsqlBatchCommand> Create<TRecord>(
        PostgresTable table, PostgresRowReader<TRecord> rows, VectorPropertyModel property, ReadOnlyMemory<float> vector, DataPropertyModel text, string[] keywords, RecordFilter filter, int top, int skip)
        where TRecord : class
    {
        int candidates = (int)Math.Min(int.MaxValue, PostgresDefaults.FusionWidth * (top + (long)skip));
        if (PostgresSchema.IsIndexed(property))
            yield return PostgresQueries.WidenSearch(candidates);
        var sql = new SqlText();
        AppendAsked(sql.Append("WITH asked AS ("), table, keywords);
        AppendNear(sql.Append("), near AS ("), table, property, vector, filter, candidates);
        AppendWords(sql.Append("), words AS ("), table, text, filter, candidates);
        sql.Append($"), fused AS (SELECT coalesce(near.key, words.key) AS key, {ScoreOf("near")} + {ScoreOf("words")} AS score FROM near FULL JOIN words ON near.key = words.key) SELECT ");
        rows.AppendColumns(sql, "t.");
        sql.Append($", fused.score FROM fused JOIN {table.QuotedName} t ON t.{table.QuotedKey} = fused.key ORDER BY fused.score DESC, fused.key");
        PostgresQueries.AppendPage(sql, top, skip);
        yield return sql.ToCommand();
    }

    private static string ScoreOf(string side) => $"coalesce(1.0::float8 / ({PostgresDefaults.FusionConstant} + {side}.rank), 0)";

    private static void AppendNear(SqlText sql, PostgresTable table, VectorPropertyModel property, ReadOnlyMemory<float> vector, RecordFilter filter, int candidates)
    {
        PostgresQueries.AppendDistance(sql.Append($"SELECT key, row_number() OVER (ORDER BY distance, key) AS rank FROM (SELECT {table.QuotedKey} AS key, "), property, vector);
        sql.Append($" AS distance FROM {table.QuotedName} WHERE ").Name(property.StorageName).Append(" IS NOT NULL AND ");
        PostgresFilter.Write(sql, filter);
        PostgresQueries.AppendPage(sql.Append(" ORDER BY distance"), candidates, 0);
        sql.Append(") nearest");
    }

    /// <summary>Each keyword may be several words, which then all count. The server reads them as plain text, not as a query.</summary>
    private static void AppendAsked(SqlText sql, PostgresTable table, string[] keywords)
    {
        sql.Append("SELECT ''::tsquery");
        foreach (string keyword in keywords)
            sql.Append($" || plainto_tsquery({table.TextSearch}, ").Value(keyword, NpgsqlDbType.Text).Append(")");
        sql.Append(" AS query");
    }

    private static void AppendWords(SqlText sql, PostgresTable table, DataPropertyModel text, RecordFilter filter, int candidates)
    {
        // a subquery and no join: the collection may have a column of any name
        const string Query = "(SELECT asked.query FROM asked)";
        sql.Append($"SELECT key, row_number() OVER (ORDER BY weight DESC, key) AS rank FROM (SELECT {table.QuotedKey} AS key, ts_rank_cd({table.WordsOf(text)}, {Query}) AS weight")
            .Append($" FROM {table.QuotedName} WHERE {table.WordsOf(text)} @@ {Query} AND ");
        PostgresFilter.Write(sql, filter);
        PostgresQueries.AppendPage(sql.Append(" ORDER BY weight DESC, key"), candidates, 0);
        sql.Append(") found");
    }
}
