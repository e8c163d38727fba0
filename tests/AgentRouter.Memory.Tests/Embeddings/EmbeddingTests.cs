using AgentRouter.Configuration;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Tests.Support;

namespace AgentRouter.Memory.Tests.Embeddings;

public sealed class EmbeddingTests : IAsyncLifetime
{
    private const string Relocated = "Who did relocate?";

    private readonly EmbeddingBench _bench = new();

    public Task InitializeAsync() => _bench.RememberAsync();

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Theory]
    [InlineData(Relocated, "moved to Lisbon")]
    [InlineData("Is there an animal?", "puppy")]
    [InlineData("Which race is coming?", "marathon")]
    public async Task A_turn_is_found_that_shares_no_word_with_the_question(string question, string answer)
    {
        await _bench.Memory.EmbedAsync(Memories.Scope);

        (await _bench.AskAsync(question, 1)).Items.ShouldHaveSingleItem().Node.Text.ShouldContain(answer);
    }

    [Fact]
    public async Task A_passage_is_found_that_shares_no_word_with_the_question()
    {
        await _bench.RememberAsync([Memories.Passage("w1", "The weather of the coast: heavy rain in autumn.", "Coast"), Memories.Passage("w2", "Cooking rice takes twenty minutes.", "Rice")]);
        await _bench.Memory.EmbedAsync(Memories.Scope);

        (await _bench.AskAsync("downpour", 2)).Items.ShouldContain(item => item.Source!.Key == "w1");
    }

    [Fact]
    public async Task Only_what_has_no_vector_yet_is_embedded_and_days_and_sources_never_are()
    {
        EmbeddingOutcome first = await _bench.Memory.EmbedAsync(Memories.Scope);
        EmbeddingOutcome again = await _bench.Memory.EmbedAsync(Memories.Scope);
        await _bench.RememberAsync([Memories.Conversation("chat/4", "2026-06-03", "Ben: Rolf ate my shoes.")]);
        EmbeddingOutcome more = await _bench.Memory.EmbedAsync(Memories.Scope);

        first.Left.ShouldBeNull();
        first.Embedded.ShouldBe(_bench.Embedder.Texts - more.Embedded);
        again.ShouldBe(new EmbeddingOutcome(0, first.Embedded, null));
        more.Embedded.ShouldBeInRange(1, 4);
        _bench.Embedder.Calls.ShouldAllBe(call => call.Length <= 4);
        var records = (InMemoryRecords)(await _bench.Store.OpenAsync(Memories.Scope, create: false))!;
        long[] embedded = await _bench.EmbeddedAsync();
        records.Nodes.Where(node => node.Kind == MemoryNodeKind.Source || node.Key.StartsWith("date:", StringComparison.Ordinal)).ShouldAllBe(node => !embedded.Contains(node.Id));
        records.Nodes.Where(node => node.Kind == MemoryNodeKind.Episode).ShouldAllBe(node => embedded.Contains(node.Id));
    }

    [Fact]
    public async Task A_budget_that_is_used_up_ends_it_and_the_next_call_goes_on()
    {
        _bench.Embedder.Before = (call, _) => call == 3 ? throw EmbeddingBench.Refused : Task.CompletedTask;
        var progress = new Reported();

        EmbeddingOutcome first = await _bench.Memory.EmbedAsync(Memories.Scope, progress);
        EmbeddingOutcome second = await _bench.Memory.EmbedAsync(Memories.Scope);

        first.Embedded.ShouldBe(8);
        first.Left!.ShouldContain("The budget is used up");
        progress.Values.ShouldBe([4, 8]);
        second.Known.ShouldBe(8);
        second.Left.ShouldBeNull();
        (await _bench.EmbeddedAsync()).Length.ShouldBe((int)(first.Embedded + second.Embedded));
    }

    [Fact]
    public async Task What_was_embedded_stays_when_the_service_dies_or_the_work_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        _bench.Embedder.Before = (call, _) => call switch { 2 => throw new HttpRequestException("down"), 3 => cancelled.CancelAsync(), _ => Task.CompletedTask };

        await Should.ThrowAsync<HttpRequestException>(() => _bench.Memory.EmbedAsync(Memories.Scope));
        (await _bench.EmbeddedAsync()).Length.ShouldBe(4);
        await Should.ThrowAsync<OperationCanceledException>(() => _bench.Memory.EmbedAsync(Memories.Scope, null, cancelled.Token));
        (await _bench.EmbeddedAsync()).Length.ShouldBeGreaterThanOrEqualTo(8, "what was paid for is kept");
    }

    [Fact]
    public async Task Where_nothing_is_embedded_the_service_is_not_asked_and_everything_is_as_without()
    {
        var question = new MemoryQuestion("What did Anna make for her mother?");

        MemoryRecall with = await _bench.Memory.RecallAsync(Memories.Scope, question), without = await _bench.Plain.RecallAsync(Memories.Scope, question);

        _bench.Embedder.Calls.ShouldBeEmpty();
        with.Items.Select(item => (item.Node.Id, item.Score)).ShouldBe(without.Items.Select(item => (item.Node.Id, item.Score)));
        with.EmbeddingProblem.ShouldBeNull();
    }

    [Fact]
    public async Task A_dead_service_is_done_without_and_that_is_said()
    {
        await _bench.Memory.EmbedAsync(Memories.Scope);
        _bench.Embedder.Before = (_, _) => throw new HttpRequestException("no route to host");

        MemoryRecall recall = await _bench.AskAsync("Where did Ben's sister move?");

        recall.Items.ShouldContain(item => item.Node.Text.Contains("Lisbon", StringComparison.Ordinal));
        recall.EmbeddingProblem!.ShouldContain("no route to host");
        recall.Items.Select(item => item.Score).ShouldBe((await _bench.Plain.RecallAsync(Memories.Scope, new MemoryQuestion("Where did Ben's sister move?") { MaxItems = 3 })).Items.Select(item => item.Score));
    }

    [Fact]
    public async Task A_slow_service_is_waited_for_no_longer_than_was_said()
    {
        await _bench.Memory.EmbedAsync(Memories.Scope);
        var asked = new TaskCompletionSource();
        _bench.Embedder.Before = (_, _) =>
        {
            asked.SetResult();
            // it does not even listen to its token
            return new TaskCompletionSource().Task;
        };

        Task<MemoryRecall> recalling = _bench.AskAsync("Where did Ben's sister move?");
        await asked.Task;
        while (!recalling.IsCompleted)
        {
            _bench.Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        (await recalling).EmbeddingProblem!.ShouldContain("did not answer in 5 s");
        (await recalling).Items.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_question_that_is_cancelled_while_it_is_embedded_ends()
    {
        await _bench.Memory.EmbedAsync(Memories.Scope);
        using var cancelled = new CancellationTokenSource();
        _bench.Embedder.Before = async (_, token) =>
        {
            await cancelled.CancelAsync();
            token.ThrowIfCancellationRequested();
        };

        await Should.ThrowAsync<OperationCanceledException>(() => _bench.Memory.RecallAsync(Memories.Scope, new MemoryQuestion(Relocated), cancelled.Token));
    }

    public static TheoryData<string, Func<float[][], float[][]>> Garbage => new()
    {
        { "too few", vectors => vectors[1..] },
        { "too many", vectors => [.. vectors, vectors[0]] },
        { "not finite", vectors => [.. vectors.Select(vector => vector.Select(_ => float.NaN).ToArray())] },
        { "empty", vectors => [.. vectors.Select(_ => Array.Empty<float>())] },
        { "too long", vectors => [.. vectors.Select(_ => new float[10_000])] },
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task What_cannot_be_vectors_is_refused_and_a_question_is_answered_without(string what, Func<float[][], float[][]> instead)
    {
        _bench.Embedder.Instead = instead;
        await Should.ThrowAsync<ConfigurationException>(() => _bench.Memory.EmbedAsync(Memories.Scope), what);
        (await _bench.EmbeddedAsync()).ShouldBeEmpty();
        _bench.Embedder.Instead = null;
        await _bench.Memory.EmbedAsync(Memories.Scope);
        _bench.Embedder.Instead = instead;

        MemoryRecall recall = await _bench.AskAsync("Where did Ben's sister move?");

        recall.Items.ShouldNotBeEmpty();
        recall.EmbeddingProblem.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_question_of_other_dimensions_is_compared_with_nothing()
    {
        await _bench.Memory.EmbedAsync(Memories.Scope);
        _bench.Embedder.Instead = vectors => [.. vectors.Select(vector => vector[..8])];

        (await _bench.AskAsync("Where did Ben's sister move?")).Items.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_is_forgotten_loses_its_vector_and_is_not_found_by_it()
    {
        await _bench.Memory.EmbedAsync(Memories.Scope);
        long found = (await _bench.AskAsync(Relocated, 1)).Items.Single().Node.Id;

        await _bench.Memory.ForgetAsync(Memories.Scope, [found]);

        (await _bench.EmbeddedAsync()).ShouldNotContain(found);
        (await _bench.AskAsync(Relocated, 50)).Items.ShouldNotContain(item => item.Node.Id == found);
    }

    [Fact]
    public async Task What_is_written_later_is_found_by_meaning_as_soon_as_it_is_embedded()
    {
        await _bench.Memory.EmbedAsync(Memories.Scope);
        await _bench.AskAsync("race");
        await _bench.RememberAsync([Memories.Conversation("chat/4", "2026-06-03", "Ben: My pottery broke.")]);
        await _bench.AskAsync("ceramics");
        await _bench.Memory.EmbedAsync(Memories.Scope);

        (await _bench.AskAsync("ceramics", 3)).Items.ShouldContain(item => item.Node.Text.Contains("broke", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Vectors_of_another_space_are_not_compared()
    {
        await _bench.Memory.EmbedAsync(Memories.Scope);
        var other = new SenseEmbedder();
        await using var memory = new GraphMemory(_bench.Store, _bench.Clock, new MemoryEmbeddings(other, "another model"));

        await memory.RecallAsync(Memories.Scope, new MemoryQuestion(Relocated));

        other.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Questions_are_answered_while_others_write_embed_and_forget()
    {
        await _bench.Memory.EmbedAsync(Memories.Scope);
        Task writing = Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                await _bench.RememberAsync([Memories.Conversation($"more/{i}", "2026-06-03", $"Ben: Rolf and I met puppy number {i}.")]);
                await _bench.Memory.EmbedAsync(Memories.Scope);
                if (i % 5 == 4)
                    await _bench.Memory.ForgetAsync(Memories.Scope, [(await _bench.AskAsync($"puppy number {i}", 1)).Items[0].Node.Id]);
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            do
            {
                (await _bench.AskAsync("animal")).Items.ShouldNotBeEmpty();
                // an answer may never wait for anything, and the writer needs a thread too
                await Task.Yield();
            }
            while (!writing.IsCompleted);
        })));
        await writing;
    }

    [Fact]
    public async Task Options_and_memories_without_embeddings_are_refused_with_what_to_do()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new GraphMemory(_bench.Store, null, _bench.Embeddings with { Batch = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => new GraphMemory(_bench.Store, null, _bench.Embeddings with { LongestWait = TimeSpan.Zero }));
        Should.Throw<ArgumentException>(() => new MemoryEmbeddings(_bench.Embedder, " "));
        (await Should.ThrowAsync<InvalidOperationException>(() => _bench.Plain.EmbedAsync(Memories.Scope))).Message.ShouldContain("constructor");
        (await _bench.Memory.EmbedAsync(MemoryScope.Parse("user:nobody"))).ShouldBe(new EmbeddingOutcome(0, 0, null));
    }

    private sealed class Reported : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
