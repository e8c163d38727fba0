using System.Text;
using AgentRouter.VectorStores.Records;
using Npgsql;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>Runs statements, each time over one connection that is given back before anything is handed out.</summary>
internal sealed class PostgresSession(NpgsqlDataSource dataSource, string? database, string? collection)
{
    private readonly StoreOperation _operations = new(PostgresDefaults.SystemName, database, collection, Explain);

    /// <summary>Runs work with a connection.</summary>
    public Task<T> RunAsync<T>(string operation, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) => _operations.RunAsync(operation, async () =>
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await work(connection);
    });

    /// <summary>Runs statements for what they change: all of it or nothing.</summary>
    public Task ExecuteAsync(string operation, IEnumerable<NpgsqlBatchCommand> commands, CancellationToken cancellationToken) => RunAsync(operation, async connection =>
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (NpgsqlBatchCommand command in commands)
            await ExecuteAsync(connection, command, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }, cancellationToken);

    /// <summary>Runs statements in one go, as one transaction, and reads the rows of the last.</summary>
    public Task<List<T>> QueryAsync<T>(string operation, IEnumerable<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) =>
        RunAsync(operation, connection => QueryAsync(connection, commands, read, cancellationToken), cancellationToken);

    public static async Task<List<T>> QueryAsync<T>(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (NpgsqlBatchCommand command in commands)
            batch.BatchCommands.Add(command);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        for (int i = 1; i < batch.BatchCommands.Count; i++)
            await reader.NextResultAsync(cancellationToken);
        var results = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            results.Add(read(reader));
        return results;
    }

    public static async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Tells what the server or the driver said. Neither repeats the connection string, and the server's details, which hold values, are left out.</summary>
    private static string? Explain(Exception exception) => exception switch
    {
        PostgresException refused => $"{refused.MessageText} (SQLSTATE {refused.SqlState})",
        NpgsqlException { InnerException: { } inner } failed => $"{failed.Message}: {inner.Message}",
        NpgsqlException or InvalidCastException or EncoderFallbackException or IOException or TimeoutException => exception.Message,
        _ => null,
    };
}
