using System.Collections;
using System.Diagnostics;
using System.Globalization;
using AgentRouter.Memory;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Storage.Sqlite;

namespace AgentRouter.CrashWorker.Work;

/// <summary>A process that writes whole sources to a memory and is killed in the middle of one more.</summary>
public static class MemoryWork
{
    /// <summary>The first argument of such a process.</summary>
    public const string Name = "memory";

    /// <summary>How many sources are written before the kill.</summary>
    public const int WholeSources = 3;

    /// <summary>How many episodes a source has, each with an edge to the source and one to a concept.</summary>
    public const int Episodes = 200;

    /// <summary>Starts a process.</summary>
    /// <param name="folder">The folder of the store.</param>
    /// <param name="name">What the keys of its sources begin with.</param>
    /// <param name="diesAt">After how many nodes and edges of the last source it is killed.</param>
    public static Process Start(string folder, string name, int diesAt)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { UseShellExecute = false };
        foreach (string argument in (string[])[typeof(MemoryWork).Assembly.Location, Name, folder, name, diesAt.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Does the work of such a process, up to its kill.</summary>
    public static async Task DoAsync(string folder, string name, int diesAt)
    {
        await using var store = new SqliteMemoryStore(folder);
        IMemoryRecords records = (await store.OpenAsync(MemoryScope.Parse("project:crash"), create: true))!;
        for (int i = 0; i <= WholeSources; i++)
            await records.WriteAsync(Change($"{name}/{i}", i == WholeSources ? diesAt : int.MaxValue));
    }

    private static MemoryChange Change(string source, int diesAt)
    {
        var death = new Countdown(diesAt);
        string Key(int i) => string.Create(CultureInfo.InvariantCulture, $"{source}#{i}");
        NodeKey Concept(int i) => new(MemoryNodeKind.Concept, string.Create(CultureInfo.InvariantCulture, $"name:{i % 50}"));
        return new MemoryChange
        {
            Source = new SourceChange(new MemoryNode { Kind = MemoryNodeKind.Source, Key = source, Text = source }, "00", null),
            Nodes = new MortalList<NewNode>(death, [
                .. Enumerable.Range(0, Episodes).Select(i => new NewNode(new MemoryNode { Kind = MemoryNodeKind.Episode, Key = Key(i), Text = $"turn {i} of {source}" })),
                .. Enumerable.Range(0, 50).Select(i => new NewNode(new MemoryNode { Kind = MemoryNodeKind.Concept, Key = Concept(i).Key, Text = "concept" }))]),
            Edges = new MortalList<NewEdge>(death, [
                .. Enumerable.Range(0, Episodes).Select(i => new NewEdge(new(MemoryNodeKind.Episode, Key(i)), new(MemoryNodeKind.Source, source), MemoryEdgeKind.PartOf, 1, default)),
                .. Enumerable.Range(0, Episodes).Select(i => new NewEdge(new(MemoryNodeKind.Episode, Key(i)), Concept(i), MemoryEdgeKind.Mentions, 1, default))]),
        };
    }

    private sealed class Countdown(int diesAt)
    {
        private int _taken;

        public void Take()
        {
            if (++_taken > diesAt)
                Process.GetCurrentProcess().Kill();
        }
    }

    /// <summary>A list whose items the store takes one by one while it writes; to look them all over takes none.</summary>
    private sealed class MortalList<T>(Countdown death, T[] items) : IReadOnlyList<T>
    {
        private bool _isChecked;

        public int Count => items.Length;

        public T this[int index]
        {
            get
            {
                death.Take();
                return items[index];
            }
        }

        public IEnumerator<T> GetEnumerator()
        {
            bool takes = _isChecked;
            _isChecked = true;
            foreach (T item in items)
            {
                if (takes)
                    death.Take();
                yield return item;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
