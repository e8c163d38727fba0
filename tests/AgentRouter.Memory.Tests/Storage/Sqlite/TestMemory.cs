using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Storage.Sqlite;

namespace AgentRouter.Memory.Tests.Storage.Sqlite;

/// <summary>A store in a folder of its own, and short ways to write nodes and edges.</summary>
public sealed class TestMemory : IAsyncDisposable
{
    public static readonly MemoryScope Anna = MemoryScope.Parse("user:anna");

    public string Folder { get; } = Directory.CreateTempSubdirectory("agentrouter-memory-").FullName;

    public SqliteMemoryStore Store => field ??= new SqliteMemoryStore(Folder);

    public async Task<IMemoryRecords> OpenAsync(MemoryScope? scope = null) => (await Store.OpenAsync(scope ?? Anna, create: true))!;

    /// <summary>Another store over the same folder, as another process has it.</summary>
    public SqliteMemoryStore Other(TimeSpan? busyTime = null) =>
        new(new SqliteMemoryStoreOptions { Folder = Folder, BusyTime = busyTime ?? TimeSpan.FromSeconds(30) });

    public IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories);

    public static NewNode Node(MemoryNodeKind kind, string key, string? text = null) => new(new MemoryNode { Kind = kind, Key = key, Text = text ?? key });

    public static NewNode Episode(string key, string text) => new(new MemoryNode { Kind = MemoryNodeKind.Episode, Key = key, Text = text }, "aa" + key.Length);

    public static NewNode Concept(string key) => Node(MemoryNodeKind.Concept, key);

    public static NewEdge Edge(NewNode from, MemoryEdgeKind kind, NewNode to, float weight = 1) =>
        new(new NodeKey(from.Node.Kind, from.Node.Key), new NodeKey(to.Node.Kind, to.Node.Key), kind, weight, default);

    public static MemoryChange Change(params NewNode[] nodes) => new() { Nodes = nodes };

    public static SourceChange Source(string key, string hash, string? expected = null) =>
        new(new MemoryNode { Kind = MemoryNodeKind.Source, Key = key, Text = key }, hash, expected);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        foreach (string folder in Directory.EnumerateDirectories(Folder, "*", SearchOption.AllDirectories))
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.Delete(Folder, recursive: true);
    }
}
