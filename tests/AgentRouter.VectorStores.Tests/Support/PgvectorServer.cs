using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;

namespace AgentRouter.VectorStores.Tests.Support;

/// <summary>PostgreSQL with pgvector: the one that a variable names, or one from npm as a child process on the loopback interface.</summary>
public sealed class PgvectorServer : IAsyncLifetime
{
    /// <summary>A connection string to a server of the developer's.</summary>
    public const string ConnectionVariable = "AGENTROUTER_TEST_POSTGRES";

    /// <summary>Set where a missing server is a failure and no reason to skip.</summary>
    public const string RequiredVariable = "AGENTROUTER_TEST_POSTGRES_REQUIRED";

    private const string HowToInstall = $"run 'npm ci --prefix tests/AgentRouter.VectorStores.Tests/pgvector', or set {ConnectionVariable} to a connection string";

    private Process? _process;

    public string ConnectionString { get; private set; } = "";

    /// <summary>Gets a data source with a single connection: an operation that held two would not end.</summary>
    public NpgsqlDataSource DataSource { get; private set; } = null!;

    /// <summary>Gets what is missing on this machine; null when the server can be started.</summary>
    public static string? Missing { get; } = FindMissing();

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(ConnectionVariable) is { Length: > 0 } given)
        {
            Open(given);
            return;
        }

        if (Missing is not null)
            return;
        _process = Process.Start(new ProcessStartInfo("node", "server.mjs") { WorkingDirectory = Folder(), RedirectStandardInput = true, RedirectStandardOutput = true })!;
        string? line = await _process.StandardOutput.ReadLineAsync();
        line.ShouldNotBeNull($"the server ended: {HowToInstall}; then run 'node server.mjs' there to see why").ShouldStartWith("listening ");
        Open($"Host=127.0.0.1;Port={line.Split(' ')[1]};Username=postgres;Password=planted-password-4711;Database=postgres;SSL Mode=Disable;GSS Encryption Mode=Disable;Pooling=false;Command Timeout=120");
    }

    public async Task DisposeAsync()
    {
        DataSource?.Dispose();
        if (_process is null)
            return;
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Open(string connectionString)
    {
        ConnectionString = connectionString;
        DataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = true, MaxPoolSize = 1 });
    }

    private static string? FindMissing()
    {
        if (Environment.GetEnvironmentVariable(ConnectionVariable) is { Length: > 0 } || Environment.GetEnvironmentVariable(RequiredVariable) is { Length: > 0 })
            return null;
        string[] path = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (!path.Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))))
            return $"PostgreSQL with pgvector runs in node here, which is missing: install it, then {HowToInstall}";
        return Directory.Exists(Path.Combine(Folder(), "node_modules", "@electric-sql")) ? null : $"PostgreSQL with pgvector is missing: {HowToInstall}";
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "pgvector");
}

/// <summary>The tests that share the server: it takes one connection at a time.</summary>
[CollectionDefinition(Name)]
public sealed class PgvectorServerUse : ICollectionFixture<PgvectorServer>
{
    public const string Name = "pgvector";
}

/// <summary>Says that a class needs PostgreSQL with pgvector.</summary>
public sealed class NeedsPgvectorAttribute : NeedsAttribute
{
    public override string? Missing => PgvectorServer.Missing;
}
