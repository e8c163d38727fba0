using AgentRouter.Configuration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Storage.Exchange;
using AgentRouter.Memory.Tests.Storage.Sqlite;
using CsCheck;
using static AgentRouter.Memory.Tests.Storage.Sqlite.TestMemory;

namespace AgentRouter.Memory.Tests.Storage.Exchange;

public sealed class ExchangeTests : IAsyncDisposable
{
    private const string Header = """{"format":"agentrouter-memory","version":1,"scope":"user:anna"}""";
    private const string Tea = """{"node":"concept","key":"name:tea","text":"tea"}""";

    private readonly TestMemory _memory = new();

    public ValueTask DisposeAsync() => _memory.DisposeAsync();

    [Fact]
    public async Task An_export_of_an_import_of_an_export_is_the_export() =>
        await Gen.Int[0, 100_000].SampleAsync(
            async seed =>
            {
                await using var memory = new TestMemory();
                IMemoryRecords records = await memory.OpenAsync(), copy = await memory.OpenAsync(MemoryScope.Parse("project:copy"));
                await FillAsync(records, new Random(seed));
                string first = Path.Combine(memory.Folder, "first.jsonl"), second = Path.Combine(memory.Folder, "second.jsonl.gz"), third = Path.Combine(memory.Folder, "third.jsonl");

                await MemoryExport.WriteAsync(records, first);
                await MemoryExport.WriteAsync(records, second);
                MemoryImported imported = await MemoryImport.ReadAsync(copy, second);
                MemoryImported again = await MemoryImport.ReadAsync(copy, first);
                await MemoryExport.WriteAsync(copy, third);

                (await File.ReadAllTextAsync(third)).ShouldBe((await File.ReadAllTextAsync(first)).Replace("\"user:anna\"", "\"project:copy\"", StringComparison.Ordinal));
                (imported.NewNodes, imported.NewEdges).ShouldNotBe((0L, 0L));
                again.ShouldBe(new MemoryImported(0, 0));
            },
            iter: 5, threads: 1);

    [Fact]
    public async Task An_import_knows_sources_by_the_hashes_of_their_content()
    {
        IMemoryRecords records = await _memory.OpenAsync(), copy = await _memory.OpenAsync(MemoryScope.Parse("user:copy"));
        await records.WriteAsync(new MemoryChange { Source = Source("chat", "0102"), Nodes = [Episode("chat#0", "hello")] });
        string file = Path.Combine(_memory.Folder, "export.jsonl");

        await MemoryExport.WriteAsync(records, file);
        await MemoryImport.ReadAsync(copy, file);

        StoredSource source = (await copy.ReadSourceAsync("chat")).ShouldNotBeNull();
        source.ContentHash.ShouldBe("0102");
        source.Episodes.ShouldBe((await records.ReadSourceAsync("chat"))!.Episodes);
    }

    [Fact]
    public async Task What_was_learned_is_not_learned_again_from_an_import_and_what_this_memory_knows_stays()
    {
        IMemoryRecords records = await _memory.OpenAsync(), copy = await _memory.OpenAsync(MemoryScope.Parse("user:copy"));
        NewNode first = Episode("chat#0", "hello"), second = Episode("chat#1", "again");
        var topic = new NodeKey(MemoryNodeKind.Concept, "name:tea");
        MemoryWritten written = await records.WriteAsync(new MemoryChange
        {
            Nodes = [first, second, new NewNode(new MemoryNode { Kind = topic.Kind, Key = topic.Key, Text = "tea" })],
            Marks = [new MemoryMark(new(MemoryNodeKind.Episode, "chat#0"), 1)],
        });
        await records.WriteAsync(new MemoryChange { Marks = [new MemoryMark(topic, 1, written.Ids[1])] });
        await copy.WriteAsync(new MemoryChange { Nodes = [Episode("mine", "other"), first], Marks = [new MemoryMark(new(MemoryNodeKind.Episode, "chat#0"), 2)] });
        string file = Path.Combine(_memory.Folder, "export.jsonl");

        await MemoryExport.WriteAsync(records, file);
        await MemoryImport.ReadAsync(copy, file);
        await MemoryImport.ReadAsync(copy, file);

        (await copy.ReadUnmarkedAsync(MemoryNodeKind.Episode, 1, 0)).Count.ShouldBe(2);
        long known = (await copy.FindAsync(MemoryNodeKind.Episode, "chat#0"))!.Id, last = (await copy.FindAsync(MemoryNodeKind.Episode, "chat#1"))!.Id, tea = (await copy.FindAsync(topic.Kind, topic.Key))!.Id;
        (await copy.ReadMarksAsync([known, tea])).ShouldBe([new StoredMark(known, 2, 0), new StoredMark(tea, 1, last)]);
    }

    [Theory]
    [InlineData("", "export.jsonl: the file is empty")]
    [InlineData("{}", "export.jsonl:1: this is no export of a memory")]
    [InlineData("""{"format":"agentrouter-memory","version":2,"scope":"user:anna"}""", "export.jsonl:1: the export has version 2")]
    [InlineData(Header + "\n" + Tea + "\n" + Tea, "export.jsonl:3: there is a concept 'name:tea' already")]
    [InlineData(Header + "\n" + Tea + "\n{\"node\":\"concept\"", "export.jsonl:3: the line is not JSON")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"node":"idea","key":"a","text":"a"}""", "export.jsonl:3: 'node' is one of source, episode, fact, concept, reflection")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"node":"fact","key":"","text":"a"}""", "export.jsonl:3: 'key' is empty")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"node":"fact","key":"a"}""", "export.jsonl:3: 'text' is missing")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"node":"fact","key":"a","text":7}""", "export.jsonl:3: 'text' is a text, not a number")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"node":"fact","key":"a","text":"\ud800"}""", "export.jsonl:3: 'text' holds half a character")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"node":"fact","key":"a","text":"a","saidAt":"today"}""", "export.jsonl:3: 'saidAt' is a time such as")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"node":"fact","key":"a","text":"a","happened":["2026-05-09","2026-05-07"]}""", "export.jsonl:3: 'happened' is a list")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"node":"fact","key":"a","text":"a","position":-1}""", "export.jsonl:3: 'position' is a whole number from 0")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"node":"fact","key":"a","text":"a","color":"red"}""", "export.jsonl:3: 'color' is not known here")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"node":"episode","key":"a","text":"a","source":"chat"}""", "export.jsonl:3: the source 'chat' does not come before")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"edge":"about","from":{"fact":"a"},"to":{"concept":"name:tea"},"weight":1,"relation":[0,0,0,0]}""", "export.jsonl:3: the fact 'a' does not come before")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"edge":"about","from":{"concept":"name:tea"},"to":{"concept":"name:tea"},"weight":1.1,"relation":[0,0,0,0]}""", "export.jsonl:3: 'weight' is a number")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"edge":"about","from":{"concept":"name:tea"},"to":{"concept":"name:tea"},"weight":1,"relation":[0,0,0,256]}""", "export.jsonl:3: 'relation' is a list")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"edge":"about","from":"name:tea","to":{"concept":"name:tea"},"weight":1,"relation":[0,0,0,0]}""", "export.jsonl:3: 'from' is a kind and a key")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"learnedFrom":{"concept":"name:coffee"},"recipe":1}""", "export.jsonl:3: the concept 'name:coffee' does not come before")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"learnedFrom":{"concept":"name:tea"},"recipe":0}""", "export.jsonl:3: 'recipe' is a whole number from 1")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"learnedFrom":{"concept":"name:tea"},"recipe":1,"upTo":{"fact":"a"}}""", "export.jsonl:3: the fact 'a' does not come before")]
    [InlineData(Header, "export.jsonl:1: the export is cut off: a last line such as {\"end\":{\"nodes\":12,\"edges\":30}} is missing. Get it again. Nothing was imported.")]
    [InlineData(Header + "\n" + Tea, "export.jsonl:2: the export is cut off")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"end":{"nodes":2,"edges":0}}""", "export.jsonl:3: the export is cut off: of 2 nodes and 0 edges 1 and 0 are there. Get it again. Nothing was imported.")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"end":{"nodes":1,"edges":1}}""", "export.jsonl:3: the export is cut off: of 1 nodes and 1 edges 1 and 0 are there.")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"end":{"nodes":1}}""", "export.jsonl:3: 'end' counts the lines before it")]
    [InlineData(Header + "\n" + Tea + "\n" + """{"end":7}""", "export.jsonl:3: 'end' counts the lines before it")]
    [InlineData(Header + "\n" + """{"end":{"nodes":0,"edges":0}}""" + "\n" + Tea, "export.jsonl:3: the export has ended before this line")]
    public async Task A_broken_file_is_named_with_its_line_and_nothing_of_it_is_kept(string content, string message)
    {
        IMemoryRecords records = await _memory.OpenAsync();
        string file = Path.Combine(_memory.Folder, "export.jsonl");
        await File.WriteAllTextAsync(file, content);

        (await Should.ThrowAsync<ConfigurationException>(() => MemoryImport.ReadAsync(records, file))).Message.ShouldContain(message);

        (await records.ReadVersionAsync()).ShouldBe(default);
    }

    [Fact]
    public async Task An_export_that_is_cut_anywhere_is_refused_and_nothing_of_it_is_kept()
    {
        IMemoryRecords records = await _memory.OpenAsync(), copy = await _memory.OpenAsync(MemoryScope.Parse("user:copy"));
        await FillAsync(records, new Random(7));
        string file = Path.Combine(_memory.Folder, "export.jsonl");
        await MemoryExport.WriteAsync(records, file);
        string[] lines = await File.ReadAllLinesAsync(file);

        for (int kept = 1; kept < lines.Length; kept++)
        {
            await File.WriteAllLinesAsync(file, lines[..kept]);
            (await Should.ThrowAsync<ConfigurationException>(() => MemoryImport.ReadAsync(copy, file))).Message.ShouldStartWith($"{file}:{kept}: the export is cut off");
        }

        (await copy.ReadVersionAsync()).ShouldBe(default);
    }

    [Theory]
    [InlineData("\uFEFF\n" + Header + "\n", true)]
    [InlineData(Header, true)]
    [InlineData("{\"format\":\"other\"}", false)]
    [InlineData("{\"format\":\"agentrouter-mem", false)]
    [InlineData("[1]", false)]
    [InlineData("", false)]
    public async Task An_export_is_known_by_its_first_line_whatever_its_name(string content, bool isExport)
    {
        string file = Path.Combine(_memory.Folder, "backup.2026-05-08");
        await File.WriteAllTextAsync(file, content);

        (await MemoryImport.IsExportAsync(file)).ShouldBe(isExport);
    }

    [Fact]
    public async Task What_is_no_gzip_file_is_no_export()
    {
        string file = Path.Combine(_memory.Folder, "backup.gz");
        await File.WriteAllTextAsync(file, Header);

        (await MemoryImport.IsExportAsync(file)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_export_that_is_cancelled_leaves_the_file_as_it_was()
    {
        IMemoryRecords records = await _memory.OpenAsync();
        string file = Path.Combine(_memory.Folder, "export.jsonl");
        await File.WriteAllTextAsync(file, "old");

        await Should.ThrowAsync<OperationCanceledException>(() => MemoryExport.WriteAsync(records, file, new CancellationToken(canceled: true)));

        (await File.ReadAllTextAsync(file)).ShouldBe("old");
        Directory.EnumerateFiles(_memory.Folder).ShouldHaveSingleItem();
    }

    private static async Task FillAsync(IMemoryRecords records, Random random)
    {
        for (int source = 0; source < 3; source++)
        {
            NewNode[] nodes = [.. Enumerable.Range(0, 1 + random.Next(30)).Select(i => Any(source, i, random)).DistinctBy(node => (node.Node.Kind, node.Node.Key))];
            await records.WriteAsync(new MemoryChange
            {
                Source = random.Next(3) == 0 ? null : Source("chat" + source, "0" + source),
                Nodes = nodes,
                Edges = [.. Enumerable.Range(0, 40).Select(_ => Edge(nodes[random.Next(nodes.Length)], (MemoryEdgeKind)random.Next(8), nodes[random.Next(nodes.Length)], 1 - random.NextSingle()))],
                Superseded = [.. nodes.Where(_ => random.Next(5) == 0).Select(node => new Supersession(new(node.Node.Kind, node.Node.Key), Time(random)))],
                Marks = [.. nodes.Where(_ => random.Next(3) == 0).Select(node => new MemoryMark(new(node.Node.Kind, node.Node.Key), 1 + random.Next(2), random.Next(2) * random.Next(30)))],
            });
        }

        await records.EraseAsync([1 + random.Next(10)]);
    }

    private static NewNode Any(int source, int number, Random random) => new(
        new MemoryNode
        {
            Kind = (MemoryNodeKind)(1 + random.Next(4)),
            Key = $"{source}#{number}",
            Text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "aä\"\\\n\0😀<&\u2028"[random.Next(11)])).Replace('\ud83d', 'x').Replace('\ude00', 'y'),
            Title = random.Next(2) == 0 ? null : "",
            Attachment = random.Next(2) == 0 ? null : "a picture",
            Speaker = random.Next(2) == 0 ? null : "Anna",
            SaidAt = random.Next(2) == 0 ? null : Time(random),
            Happened = random.Next(2) == 0 ? null : new MemoryPeriod(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 1 + random.Next(28))),
            Position = random.Next(3),
        },
        random.Next(3) == 0 ? null : Convert.ToHexStringLower([(byte)number, (byte)source]));

    private static DateTimeOffset Time(Random random) => new DateTimeOffset(2026, 5, 8, 13, 56, 0, TimeSpan.FromMinutes(15 * random.Next(-20, 20))).AddTicks(random.Next());
}
