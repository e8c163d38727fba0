namespace AgentRouter.Workflows.Runs.Sqlite.Schema;

/// <summary>The tables of version 1.</summary>
/// <remarks>
/// Money is in picodollars, time in microseconds since 1970. An event's key is its run and its sequence in one number, so that a run's events
/// lie together, are appended at one place and need no second index. Who spends what stays when a run is deleted.
/// </remarks>
internal static class FirstVersion
{
    public const string Script = """
        CREATE TABLE runs(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            workflow TEXT,
            began INTEGER,
            updated INTEGER NOT NULL,
            outcome TEXT,
            reason TEXT,
            spent INTEGER NOT NULL DEFAULT 0,
            budget INTEGER,
            calls INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE INDEX runs_by_outcome ON runs(outcome);

        CREATE TABLE events(
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            time INTEGER NOT NULL,
            node TEXT,
            step INTEGER,
            data ANY NOT NULL,
            value INTEGER,
            run INTEGER AS (id >> 32) VIRTUAL,
            sequence INTEGER AS (id & 4294967295) VIRTUAL) STRICT;
        CREATE INDEX events_by_value ON events(value) WHERE value IS NOT NULL;

        CREATE TABLE content(
            id INTEGER PRIMARY KEY,
            hash BLOB NOT NULL UNIQUE,
            size INTEGER NOT NULL,
            packed INTEGER NOT NULL,
            data BLOB NOT NULL) STRICT;

        CREATE TABLE questions(
            run INTEGER NOT NULL,
            node TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            question TEXT NOT NULL,
            choices TEXT NOT NULL,
            fallback TEXT,
            PRIMARY KEY(run, node)) STRICT, WITHOUT ROWID;

        CREATE TABLE leases(
            run INTEGER PRIMARY KEY,
            owner TEXT NOT NULL,
            token TEXT NOT NULL,
            length INTEGER NOT NULL,
            until INTEGER NOT NULL,
            process TEXT NOT NULL) STRICT;

        CREATE TABLE spend(
            event INTEGER PRIMARY KEY,
            day TEXT NOT NULL,
            workflow TEXT,
            node TEXT,
            agent TEXT,
            model TEXT NOT NULL,
            usd INTEGER NOT NULL,
            tokens INTEGER NOT NULL,
            calls INTEGER NOT NULL) STRICT;

        CREATE TABLE grants(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL,
            period TEXT NOT NULL,
            run TEXT NOT NULL,
            held INTEGER NOT NULL,
            base INTEGER NOT NULL,
            length INTEGER NOT NULL,
            until INTEGER NOT NULL,
            spent INTEGER,
            closed INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE INDEX grants_open ON grants(account, period) WHERE spent IS NULL;
        CREATE INDEX grants_by_run ON grants(run);

        CREATE TABLE balances(
            account TEXT NOT NULL,
            period TEXT NOT NULL,
            spent INTEGER NOT NULL,
            PRIMARY KEY(account, period)) STRICT, WITHOUT ROWID;
        """;
}
