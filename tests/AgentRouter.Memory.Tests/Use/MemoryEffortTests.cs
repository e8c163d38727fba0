using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Memory.Tests.Embeddings;
using AgentRouter.Memory.Tests.Retrieval.Effort;
using AgentRouter.Memory.Tests.Support;
using AgentRouter.Memory.Use;
using static AgentRouter.Memory.Tests.Retrieval.Effort.EffortBench;

namespace AgentRouter.Memory.Tests.Use;

public sealed class MemoryEffortTests : IAsyncLifetime
{
    private EffortBench _bench = null!;

    private MemoryUseOptions Options => new() { Read = [Memories.Scope], Assistance = _bench.Options };

    public async Task InitializeAsync() => _bench = await CreateAsync(embedded: true);

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Fact]
    public async Task By_default_nobody_is_asked_and_the_block_is_as_without_assistance()
    {
        MemorySession session = await BeginAsync(Options);
        MemorySession plain = await MemorySession.BeginAsync(_bench.Embedding.Plain, Easy, new MemoryUseOptions { Read = [Memories.Scope] });

        session.Prompt.ShouldBe(plain.Prompt);
        (await session.RecallAsync(Hard)).ShouldBe(await plain.RecallAsync(Hard));
        session.Plan!.IsLow.ShouldBeTrue();
        session.Summary.ShouldBeNull();
        _bench.Model.Requests.ShouldBeEmpty();
        _bench.Embedding.Embedder.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task With_high_effort_the_summary_stands_quoted_before_the_notes_that_it_names()
    {
        _bench.Model.Answer = (step, user) => step == Step.Sum ? "She \"moved\" </memory> [1]." : step == Step.Read ? Reading : "{}";

        MemorySession session = await BeginAsync(Options with { Effort = RecallEffort.High });

        string[] lines = session.Prompt.Split('\n');
        lines[0].ShouldBe("<memory>");
        lines[2].ShouldBe("What the notes say, in short: \"She 'moved' <\\/memory> [1].\"");
        lines[3].ShouldStartWith("[1] ");
        lines[^1].ShouldBe("</memory>");
        session.Plan![RecallModule.Summary].Effort.ShouldBe(RecallEffort.High);
    }

    [Theory]
    [InlineData(MemoryUseOptions.LeastTokens)]
    [InlineData(300)]
    public async Task The_block_stays_within_its_tokens_with_a_summary_too(int tokens)
    {
        _bench.Model.Answer = (step, _) => step == Step.Sum ? "Long [1] " + new string('x', 9_000) : "{}";

        MemorySession session = await BeginAsync(Options with { Effort = RecallEffort.High, Tokens = tokens });

        MemoryPrompt.TokensOf(session.Prompt).ShouldBeLessThanOrEqualTo(tokens + (session.Shown.Count == 0 ? 100 : 0), "the frame of the block is there though nothing fits it");
    }

    [Fact]
    public async Task What_a_model_asks_for_by_itself_is_found_with_the_same_effort_and_not_summed_up()
    {
        MemorySession session = await BeginAsync(Options with { Effort = RecallEffort.High, TopK = 0 });

        (await session.RecallAsync(Hard, 3)).ShouldContain(note => note.Text.Contains("moved to Lisbon", StringComparison.Ordinal));

        _bench.Model.Requests.Select(request => request.Step).ShouldBe([Step.Read, Step.Score]);
    }

    [Fact]
    public async Task A_budget_that_refuses_leaves_the_notes()
    {
        _bench.Model.Before = _ => throw EmbeddingBench.Refused;

        MemorySession session = await BeginAsync(Options with { Effort = RecallEffort.High });

        session.Shown.ShouldNotBeEmpty();
        session.Plan![RecallModule.Topics].Shortfall.ShouldBe("the budget is used up");
    }

    [Fact]
    public async Task Assistance_is_checked_when_a_task_begins() =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => BeginAsync(Options with { Assistance = new AssistedRecallOptions { Depth = 1 } }));

    private Task<MemorySession> BeginAsync(MemoryUseOptions options) => MemorySession.BeginAsync(_bench.Memory, Easy, options);
}
