using System.Text;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using CsCheck;
using static AgentRouter.Memory.Tests.Storage.Sqlite.TestMemory;

namespace AgentRouter.Memory.Tests.Storage.Sqlite;

/// <summary>After any writes and erasures nothing of what was erased is in the bytes of any file, and everything else is found.</summary>
public sealed class ErasureProperties
{
    private static readonly MemoryNodeKind[] Kinds = [MemoryNodeKind.Episode, MemoryNodeKind.Fact, MemoryNodeKind.Reflection, MemoryNodeKind.Concept];

    [Fact]
    public async Task Nothing_of_an_erased_node_is_left_in_any_file() =>
        await Gen.Select(Gen.Int[1, 6], Gen.Int[1, 120], Gen.Int[0, 100_000]).SampleAsync(
            async (rounds, nodesARound, seed) => await CheckAsync(rounds, nodesARound, new Random(seed)), iter: 6, threads: 1);

    private static async Task CheckAsync(int rounds, int nodesARound, Random random)
    {
        await using var memory = new TestMemory();
        IMemoryRecords records = await memory.OpenAsync();
        var living = new Dictionary<long, MemoryNode>();
        var erased = new List<MemoryNode>();
        for (int round = 0; round < rounds; round++)
        {
            MemoryNode[] nodes = [.. Enumerable.Range(0, nodesARound).Select(i => Unique((round * 1_000) + i, random))];
            MemoryWritten written = await records.WriteAsync(new MemoryChange
            {
                Source = Source("Source" + Word(round * 1_000, 6), "01"),
                Nodes = [.. nodes.Select(node => new NewNode(node))],
                Edges = [.. Enumerable.Range(0, nodesARound).Select(_ => Edge(nodes, random))],
            });
            foreach (MemoryNode node in await records.ReadNodesAsync([.. written.Ids, written.SourceId]))
                living[node.Id] = node;
            await records.WriteIndexAsync([], [new("part", Encoding.UTF8.GetBytes(string.Join(' ', living.Values.Select(node => node.Text))))], written.Version);
            foreach (long id in await records.EraseAsync([.. living.Keys.Where(_ => random.Next(4) == 0)]))
            {
                living.Remove(id, out MemoryNode? gone).ShouldBeTrue();
                erased.Add(gone!);
            }

            await RequireGoneAsync(memory, erased);
        }

        foreach (MemoryNode node in living.Values)
        {
            (await records.FindAsync(node.Kind, node.Key)).ShouldBe(node);
            if (node.Kind is not (MemoryNodeKind.Concept or MemoryNodeKind.Source))
                (await records.FindPhraseAsync(string.Join(' ', node.Text.Split(' ').TakeLast(2)), 10)).ShouldBe([node.Id]);
        }
    }

    private static async Task RequireGoneAsync(TestMemory memory, List<MemoryNode> erased)
    {
        foreach (string file in memory.Files)
        {
            // SQLite's files may be read while they are open
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content);
            string bytes = Encoding.Latin1.GetString(content.ToArray());
            foreach (string word in erased.SelectMany(Words))
            {
                bytes.Contains(Latin(word), StringComparison.Ordinal).ShouldBeFalse($"'{word}' is in {file}");
                bytes.Contains(Latin(word.ToLowerInvariant()), StringComparison.Ordinal).ShouldBeFalse($"'{word}' is in {file} as lower case");
            }
        }
    }

    private static string Latin(string word) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(word));

    // FTS5 keeps what words share with the one before only once: the unique end of a word would be found too
    private static IEnumerable<string> Words(MemoryNode node) =>
        new[] { node.Key, node.Title, node.Attachment, node.Speaker }.OfType<string>().Concat(node.Text.Split(' ').Where(word => word != "common"));

    private static MemoryNode Unique(int number, Random random) => new()
    {
        Kind = Kinds[random.Next(Kinds.Length)],
        Key = "Key" + Word(number, 1),
        Title = "Title" + Word(number, 2),
        Attachment = "Picture" + Word(number, 3),
        Speaker = "Speaker" + Word(number, 4),
        Text = string.Join(' ', Enumerable.Range(0, 1 + random.Next(200)).Select(_ => "common")) + " Ä" + Word(number, 5) + " " + Word(number, 6) + "Z",
    };

    // unique, of varying beginnings, and not found in anything else by chance
    private static string Word(int number, int salt)
    {
        var random = new Random((number * 10) + salt);
        return string.Concat(Enumerable.Range(0, 12).Select(_ => (char)('a' + random.Next(26))));
    }

    private static NewEdge Edge(MemoryNode[] nodes, Random random)
    {
        MemoryNode from = nodes[random.Next(nodes.Length)], to = nodes[random.Next(nodes.Length)];
        MemoryEdgeKind kind = random.Next(2) == 0 ? MemoryEdgeKind.DerivedFrom : MemoryEdgeKind.Mentions;
        return new NewEdge(new(from.Kind, from.Key), new(to.Kind, to.Key), kind, 1, default);
    }
}
