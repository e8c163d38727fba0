using AgentRouter.Memory.Index;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Tests.Support;

namespace AgentRouter.Memory.Tests.Retrieval;

public class MixedScopeTests
{
    [Fact]
    public async Task Documents_that_match_better_leave_their_places_to_turns()
    {
        MemoryIndex index = await IndexAsync(
            [.. Enumerable.Range(0, 500).Select(i => Memories.Passage($"leases/{i}", $"The harbour lease of berth {i} ends. A harbour lease is a lease of the harbour.", "Harbour lease")),
            Memories.Conversation("chat/1", "2026-05-08", "Anna: I signed something at the harbour today, it took all morning and half of the afternoon.", "Ben: The lease?", "Anna: Yes, at last!")]);
        QuestionReading question = QuestionReader.Read(new MemoryQuestion("Who signed the harbour lease?"), index, default);
        var scores = LexicalScores.Of(index, question.Terms, includeSuperseded: false);
        int[] candidates = Candidates.Of(index, scores, NearNodes.Of(index, question.Meaning, 150, includeSuperseded: false));
        candidates.Length.ShouldBe(3);
        candidates.ShouldAllBe(id => index.IsSpoken(id));
    }

    [Fact]
    public async Task A_question_finds_what_was_said_and_what_was_written()
    {
        await using var memory = new GraphMemory(new InMemoryStore());
        foreach (MemorySource source in Memories.Friends.Concat(Memories.Wiki))
            await memory.ImportAsync(Memories.Scope, source);
        MemoryRecall recall = await memory.RecallAsync(Memories.Scope, new MemoryQuestion("Who is called Rolf, and who is called Harald Braun?") { MaxItems = 4 });
        recall.Items.ShouldContain(item => item.Node.Text.Contains("puppy", StringComparison.Ordinal));
        recall.Items.ShouldContain(item => item.Node.Text.Contains("German director", StringComparison.Ordinal));
    }

    private static async Task<MemoryIndex> IndexAsync(IReadOnlyList<MemorySource> sources)
    {
        IMemoryRecords records = (await new InMemoryStore().OpenAsync(Memories.Scope, create: true))!;
        var importer = new MemoryImporter(records);
        foreach (MemorySource source in sources)
            await importer.ImportAsync(source);
        await using var indexer = new MemoryIndexer(records);
        return await indexer.CatchUpAsync();
    }
}
