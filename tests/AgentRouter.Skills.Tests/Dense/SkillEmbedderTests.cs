using AgentRouter.Configuration;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Skills.Tests.Dense;

public sealed class SkillEmbedderTests
{
    private static readonly Skill[] Kitchen =
    [
        TestSkills.Of("make-tea", "Makes a hot drink.", "Boil water, add leaves."),
        TestSkills.Of("bake-bread", "Bakes a loaf.", "# Dough\nKnead flour."),
        TestSkills.Of("wash-dishes", "Cleans plates.", "Soap."),
    ];

    [Fact]
    public async Task A_skill_is_found_by_what_a_model_finds_alike()
    {
        var generator = new MeaningGenerator();
        SkillRetriever retriever = new(await IndexAsync(generator.AsSkillEmbedder()), generator.AsSkillEmbedder());

        IReadOnlyList<SkillMatch> found = await retriever.SearchAsync("beverage");

        found[0].Skill.Name.ShouldBe("make-tea");
        retriever.Index.VectorLength.ShouldBe(MeaningGenerator.Meanings);
        retriever.Search("beverage").ShouldBeEmpty();
        (await new SkillRetriever(retriever.Index).SearchAsync("beverage")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Skills_and_tasks_are_told_apart_and_sent_in_batches()
    {
        var generator = new MeaningGenerator();
        ISkillEmbedder embedder = generator.AsSkillEmbedder(new SkillEmbedderOptions { SkillPrefix = "passage: ", TaskPrefix = "query: ", BatchSize = 4 });

        SkillIndex index = await IndexAsync(embedder);
        await new SkillRetriever(index, embedder).SearchAsync("beverage");

        generator.Asked.Select(texts => texts.Length).ShouldBe([4, 2, 1]);
        generator.Asked[0][0].ShouldBe("passage: make-tea\nMakes a hot drink.");
        generator.Asked[0][1].ShouldBe("passage: make-tea\nBoil water, add leaves.");
        generator.Asked[^1].ShouldBe(["query: beverage"]);
    }

    [Fact]
    public async Task Only_what_is_new_is_embedded_and_what_was_is_kept_in_the_file()
    {
        var generator = new MeaningGenerator();
        string file = Path.GetTempFileName();
        SkillIndexFile.Save(await IndexAsync(generator.AsSkillEmbedder()), file);
        generator.Asked.Clear();

        SkillIndexUpdate update = await SkillIndexer.UpdateAsync(SkillIndexFile.Load(file),
            [new CodeSkillSource("kitchen", [.. Kitchen, TestSkills.Of("pour-juice", "Serves a beverage.")])], new SkillIndexerOptions { Embedder = generator.AsSkillEmbedder() });

        (update.Added, update.Unchanged).ShouldBe((1, 3));
        generator.Asked.ShouldHaveSingleItem().ShouldBe(["pour-juice\nServes a beverage."]);
        var retriever = new SkillRetriever(update.Index, generator.AsSkillEmbedder());
        (await retriever.SearchAsync("drink")).Select(match => match.Skill.Name).Take(2).Order().ShouldBe(["make-tea", "pour-juice"]);
        retriever.Index = update.Index.Without("kitchen/make-tea", "make-tea");
        (await retriever.SearchAsync("drink"))[0].Skill.Name.ShouldBe("pour-juice");
        File.Delete(file);
    }

    [Fact]
    public async Task Vectors_of_another_model_are_never_compared()
    {
        SkillIndex index = await IndexAsync(new MeaningGenerator().AsSkillEmbedder());
        ISkillEmbedder other = new MeaningGenerator().AsSkillEmbedder(new SkillEmbedderOptions { Name = "other" });

        (await Should.ThrowAsync<ConfigurationException>(() => new SkillRetriever(index, other).SearchAsync("tea").AsTask())).Message
            .ShouldBe("The skills were embedded by 'test/meanings', the task would be by 'other': their vectors cannot be compared. Use 'test/meanings', or index the skills again.");
        (await SkillIndexer.UpdateAsync(index, [new CodeSkillSource("kitchen", Kitchen)], new SkillIndexerOptions { Embedder = other })).Added.ShouldBe(3);
        (await SkillIndexer.UpdateAsync(index, [new CodeSkillSource("kitchen", Kitchen)])).Index.VectorLength.ShouldBe(0);
    }

    [Fact]
    public async Task What_cannot_be_vectors_is_refused()
    {
        (await Refused(_ => [])).ShouldBe("The embedder 'broken' gave 0 vectors for 6 texts.");
        (await Refused(texts => [.. texts.Select(_ => ReadOnlyMemory<float>.Empty)])).ShouldStartWith("The embedder 'broken' gave a vector of 0 numbers");
        (await Refused(texts => [.. texts.Select((_, i) => (ReadOnlyMemory<float>)new float[1 + i % 2])])).ShouldStartWith("The embedder 'broken' gave a vector of 2 numbers where others have 1.");

        async Task<string> Refused(Func<IReadOnlyList<string>, IReadOnlyList<ReadOnlyMemory<float>>> embed) =>
            (await Should.ThrowAsync<ConfigurationException>(() => IndexAsync(new BrokenEmbedder(embed)))).Message;
    }

    [Fact]
    public void A_generator_that_names_no_model_needs_a_name()
    {
        var nameless = new MeaningGenerator { Model = null };

        Should.Throw<ConfigurationException>(() => nameless.AsSkillEmbedder()).Message.ShouldContain("SkillEmbedderOptions.Name");
        nameless.AsSkillEmbedder(new SkillEmbedderOptions { Name = "mine" }).Name.ShouldBe("mine");
    }

    [Fact]
    public async Task What_was_embedded_before_an_error_is_handed_out_and_not_embedded_again()
    {
        var generator = new MeaningGenerator();
        ISkillEmbedder embedder = generator.AsSkillEmbedder();
        SkillIndex? kept = null;
        var breaksOff = new WatchedEmbedder(embedder, call =>
        {
            if (call == 3)
                throw new InvalidOperationException("the third call");
        });

        await Should.ThrowAsync<InvalidOperationException>(() => SkillIndexer.UpdateAsync(SkillIndex.Empty, [Hundred], new SkillIndexerOptions { Embedder = breaksOff, Checkpoint = index => kept = index }));
        SkillIndexUpdate rest = await SkillIndexer.UpdateAsync(kept.ShouldNotBeNull(), [Hundred], new SkillIndexerOptions { Embedder = embedder });

        (kept.Count, rest.Unchanged, rest.Added).ShouldBe((64, 64, 36));
        generator.Asked.Sum(texts => texts.Length).ShouldBe(100);
        SkillIndexUpdate atOnce = await SkillIndexer.UpdateAsync(SkillIndex.Empty, [Hundred], new SkillIndexerOptions { Embedder = embedder });
        (await FoundAsync(rest.Index)).ShouldBe(await FoundAsync(atOnce.Index));

        async Task<IEnumerable<(string, double)>> FoundAsync(SkillIndex index) =>
            (await new SkillRetriever(index, embedder).SearchAsync("beverage")).Select(match => (match.Skill.Name, match.Score));
    }

    [Fact]
    public async Task Checkpoints_come_while_skills_are_embedded_and_when_that_is_cancelled()
    {
        var clock = new FakeTimeProvider();
        var kept = new List<int>();
        using var stop = new CancellationTokenSource();
        ISkillEmbedder embedder = new MeaningGenerator().AsSkillEmbedder();
        var slow = new WatchedEmbedder(embedder, _ => clock.Advance(TimeSpan.FromSeconds(10)));
        var options = new SkillIndexerOptions { Embedder = slow, Checkpoint = index => kept.Add(index.Count), TimeProvider = clock };

        await SkillIndexer.UpdateAsync(SkillIndex.Empty, [Hundred], options);
        kept.ShouldBe([64]);

        kept.Clear();
        options = options with { Embedder = new WatchedEmbedder(embedder, call => StopAt(call, 2, stop)) };
        await Should.ThrowAsync<OperationCanceledException>(() => SkillIndexer.UpdateAsync(SkillIndex.Empty, [Hundred], options, cancellationToken: stop.Token));
        kept.ShouldBe([32]);

        static void StopAt(int call, int last, CancellationTokenSource stop)
        {
            if (call == last)
                stop.Cancel();
        }
    }

    [Fact]
    public async Task A_checkpoint_keeps_what_was_there()
    {
        ISkillEmbedder embedder = new MeaningGenerator().AsSkillEmbedder();
        SkillIndex previous = await IndexAsync(embedder);
        SkillIndex? kept = null;
        var breaksOff = new WatchedEmbedder(embedder, call =>
        {
            if (call == 2)
                throw new InvalidOperationException("the second call");
        });

        await Should.ThrowAsync<InvalidOperationException>(() => SkillIndexer.UpdateAsync(previous, [Hundred], new SkillIndexerOptions { Embedder = breaksOff, Checkpoint = index => kept = index }));

        kept.ShouldNotBeNull().Count.ShouldBe(3 + 32);
    }

    private static CodeSkillSource Hundred => new("hundred", [.. Enumerable.Range(0, 100).Select(i => TestSkills.Of($"skill{i:000}", i % 2 == 0 ? "Makes tea." : "Bakes bread."))]);

    private static async Task<SkillIndex> IndexAsync(ISkillEmbedder embedder) =>
        (await SkillIndexer.UpdateAsync(SkillIndex.Empty, [new CodeSkillSource("kitchen", Kitchen)], new SkillIndexerOptions { Embedder = embedder })).Index;

    private sealed class WatchedEmbedder(ISkillEmbedder inner, Action<int> onCall) : ISkillEmbedder
    {
        private int _calls;

        public string Name => inner.Name;

        public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, EmbeddingPurpose purpose, CancellationToken cancellationToken)
        {
            onCall(++_calls);
            cancellationToken.ThrowIfCancellationRequested();
            return inner.EmbedAsync(texts, purpose, cancellationToken);
        }
    }

    private sealed class BrokenEmbedder(Func<IReadOnlyList<string>, IReadOnlyList<ReadOnlyMemory<float>>> embed) : ISkillEmbedder
    {
        public string Name => "broken";

        public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, EmbeddingPurpose purpose, CancellationToken cancellationToken) => Task.FromResult(embed(texts));
    }
}
