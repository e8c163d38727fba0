using System.Text;
using AgentRouter.Memory.Exploration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Ingestion.Extraction;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Tests.Storage.Sqlite;
using AgentRouter.Memory.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Memory.Tests.Ingestion.Extraction;

/// <summary>What was learned, in files: found with its way, kept apart by scope, and erased with what it stands on.</summary>
public sealed class LearnedMemoryTests : IAsyncDisposable
{
    private readonly TestMemory _files = new();
    private readonly GraphMemory _memory;

    public LearnedMemoryTests() => _memory = new GraphMemory(_files.Store, new FakeTimeProvider(new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero)));

    public async ValueTask DisposeAsync()
    {
        await _memory.DisposeAsync();
        await _files.DisposeAsync();
    }

    [Fact]
    public async Task A_fact_is_found_first_leads_to_its_episode_and_the_one_whose_place_it_took_is_found_on_request_only()
    {
        foreach (MemorySource source in Memories.Friends)
            await _memory.ImportAsync(TestMemory.Anna, source);
        await _memory.ImportAsync(TestMemory.Anna, Memories.Conversation("chat/4", "2026-07-01", "Ben: Rolf sleeps in the kitchen now."));
        await _memory.LearnAsync(TestMemory.Anna, new LearningModel(question => question switch
        {
            _ when question.Contains("called Rolf", StringComparison.Ordinal) => """{"facts": [{"text": "The dog of Ben, Rolf, sleeps in the hall.", "about": "rolf/sleeping place", "episodes": [5]}]}""",
            _ when question.Contains("kitchen", StringComparison.Ordinal) => """{"facts": [{"text": "The dog of Ben, Rolf, sleeps in the kitchen.", "about": "rolf/sleeping place", "episodes": [1]}]}""",
            _ => """{"facts": []}""",
        }));

        MemoryRecall found = await _memory.RecallAsync(TestMemory.Anna, new MemoryQuestion("Where does Ben's dog Rolf sleep?") { MaxItems = 10 });

        RecalledItem fact = found.Items.Single(item => item.Node.Kind == MemoryNodeKind.Fact);
        found.Items[0].ShouldBe(fact);
        fact.Node.Text.ShouldBe("The dog of Ben, Rolf, sleeps in the kitchen.");
        IReadOnlyList<MemoryPathStep> path = await _memory.PathAsync(TestMemory.Anna, fact.Node.Id, (await _memory.FindAsync(TestMemory.Anna, "chat/4#0"))!.Id);
        path.Select(step => (step.Node.Key, step.Edge)).ShouldBe([("rolf/sleeping place~2", null), ("chat/4#0", MemoryEdgeKind.DerivedFrom)]);
        MemoryRecall all = await _memory.RecallAsync(TestMemory.Anna, new MemoryQuestion("Where does Ben's dog Rolf sleep?") { MaxItems = 50, IncludeSuperseded = true });
        RecalledItem[] facts = [.. all.Items.Where(item => item.Node.Kind == MemoryNodeKind.Fact)];
        facts.Select(item => item.Node.HeldUntil).ShouldBe([null, new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.Zero)], ignoreOrder: true);
    }

    [Fact]
    public async Task Learning_touches_no_other_scope()
    {
        var ben = MemoryScope.Parse("user:ben");
        await _memory.ImportAsync(TestMemory.Anna, Memories.Conversation("chat", "2026-05-08", "Anna: tea = green"));
        await _memory.ImportAsync(ben, Memories.Conversation("chat", "2026-05-08", "Ben: jam = plum"));
        var model = new LearningModel(_ => """{"facts": [{"text": "Ben's jam is poisoned.", "about": "user:ben/jam", "episodes": [1]}]}""");

        await _memory.LearnAsync(TestMemory.Anna, model);

        model.Questions.ShouldHaveSingleItem().ShouldNotContain("jam");
        (await _memory.StatisticsAsync(ben))!.Nodes.Keys.ShouldNotContain(MemoryNodeKind.Fact);
    }

    [Fact]
    public async Task What_was_learned_from_a_source_is_erased_with_it()
    {
        await _memory.ImportAsync(TestMemory.Anna, Memories.Conversation("chat", "2026-05-08", "Anna: tea = Zanzibarium"));
        await _memory.ImportAsync(TestMemory.Anna, Memories.Conversation("other", "2026-05-08", "Anna: jam = plum"));
        await _memory.LearnAsync(TestMemory.Anna, new LearningModel());
        MemoryNode source = (await _memory.FindAsync(TestMemory.Anna, "chat"))!;

        await _memory.ForgetAsync(TestMemory.Anna, [source.Id]);

        foreach (string file in _files.Files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content);
            Encoding.Latin1.GetString(content.ToArray()).Contains("anzibarium", StringComparison.OrdinalIgnoreCase).ShouldBeFalse(file);
        }

        (await _memory.StatisticsAsync(TestMemory.Anna))!.Nodes[MemoryNodeKind.Fact].ShouldBe(1);
    }

    [Fact]
    public async Task Two_programs_that_learn_at_once_write_each_fact_once()
    {
        for (int source = 0; source < 4; source++)
            await _memory.ImportAsync(TestMemory.Anna, Memories.Conversation("chat/" + source, "2026-05-08", $"Anna: tea{source} = green"));
        await using var other = _files.Other();
        IMemoryRecords mine = await _files.OpenAsync(), theirs = (await other.OpenAsync(TestMemory.Anna, create: false))!;
        var request = new ExtractionRequest { Reflections = false };

        await Task.WhenAll(new MemoryExtractor(mine, new LearningModel()).ExtractAsync(request), new MemoryExtractor(theirs, new LearningModel()).ExtractAsync(request));

        MemoryStatistics counts = await mine.ReadStatisticsAsync();
        counts.Nodes[MemoryNodeKind.Fact].ShouldBe(4);
        counts.Edges[MemoryEdgeKind.DerivedFrom].ShouldBe(4);
        (await mine.ReadUnmarkedAsync(MemoryNodeKind.Episode, 1, 0)).ShouldBeEmpty();
    }
}
