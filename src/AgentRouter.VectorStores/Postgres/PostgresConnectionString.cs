using Npgsql;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>Reads connection strings without repeating any of them.</summary>
internal static class PostgresConnectionString
{
    /// <summary>Makes a data source.</summary>
    /// <exception cref="ArgumentException">The connection string cannot be read. What the driver says about it is not passed on: it quotes parts, and a part may
    /// be of a password.</exception>
    public static NpgsqlDataSource Open(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        try
        {
            return NpgsqlDataSource.Create(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException or NotSupportedException)
        {
            throw new ArgumentException("The connection string cannot be read by Npgsql; write it like 'Host=localhost;Database=vectors;Username=me;Password=…'.", nameof(connectionString));
        }
    }

    public static string? DatabaseOf(NpgsqlDataSource dataSource) => new NpgsqlConnectionStringBuilder(dataSource.ConnectionString).Database;
}
