namespace AgentRouter.Memory.Storage.Sqlite.Schema;

/// <summary>The tables of version 1.</summary>
/// <remarks>
/// Times are in ticks of 100 ns since the year 1, UTC; days are counted from 0001-01-01. Nodes are found by a hash of kind and key, which is smaller
/// than the key and is checked against it. Numbers are given from the row of the scope and so never a second time. The log of alterations
/// holds numbers and times only, so that nothing of what was erased is left in it.
/// </remarks>
internal static class FirstVersion
{
    public const string Script = """
        CREATE TABLE scope(
            id INTEGER PRIMARY KEY CHECK(id = 1),
            name TEXT NOT NULL,
            nodes INTEGER NOT NULL DEFAULT 0,
            edges INTEGER NOT NULL DEFAULT 0,
            alterations INTEGER NOT NULL DEFAULT 0,
            erased INTEGER NOT NULL DEFAULT 0) STRICT;

        CREATE TABLE nodes(
            id INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL,
            key_hash INTEGER NOT NULL,
            key TEXT NOT NULL,
            text TEXT NOT NULL,
            title TEXT,
            attachment TEXT,
            speaker INTEGER,
            said_at INTEGER,
            said_offset INTEGER,
            first_day INTEGER,
            last_day INTEGER,
            held_until INTEGER,
            source INTEGER NOT NULL,
            position INTEGER NOT NULL,
            content_hash ANY) STRICT;
        CREATE INDEX nodes_by_key ON nodes(key_hash);
        CREATE INDEX nodes_by_source ON nodes(source) WHERE source > 0;

        CREATE TABLE speakers(
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE) STRICT;

        CREATE TABLE edges(
            id INTEGER PRIMARY KEY,
            source INTEGER NOT NULL,
            target INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            strength INTEGER NOT NULL,
            UNIQUE(source, kind, target)) STRICT;
        CREATE INDEX edges_by_target ON edges(target);

        CREATE TABLE alterations(
            id INTEGER PRIMARY KEY,
            node INTEGER NOT NULL,
            held_until INTEGER) STRICT;

        CREATE VIEW phrase_texts AS SELECT id, text FROM nodes WHERE kind IN (1, 2, 4);
        CREATE VIRTUAL TABLE phrases USING fts5(text, content = 'phrase_texts', content_rowid = 'id', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
        CREATE VIRTUAL TABLE phrase_words USING fts5vocab('phrases', 'row');
        INSERT INTO phrases(phrases, rank) VALUES('secure-delete', 1);
        INSERT INTO phrases(phrases, rank) VALUES('automerge', 0);
        INSERT INTO phrases(phrases, rank) VALUES('crisismerge', 64);

        CREATE TABLE spaces(
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            dimensions INTEGER NOT NULL) STRICT;

        CREATE TABLE vectors(
            id INTEGER PRIMARY KEY,
            vector BLOB NOT NULL) STRICT;

        CREATE TABLE index_parts(
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            content BLOB NOT NULL) STRICT;
        """;
}
