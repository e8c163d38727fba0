using AgentRouter.Configuration;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Dense.Stored;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.Skills.Tests.Dense.Stored;

public sealed class SkillVectorCollectionTests
{
    private static readonly Skill[] Kitchen =
    [
        TestSkills.Of("make-tea", "Makes a hot drink.", "Boil water, add leaves."),
        TestSkills.Of("bake-bread", "Bakes a loaf.", "# Dough\nKnead flour."),
        TestSkills.Of("wash-dishes", "Cleans plates.", "Soap."),
    ];

    private readonly MemoryVectorStore _store = new();
    private readonly MeaningGenerator _generator = new();

    [Fact]
    public async Task A_skill_is_found_by_vectors_that_are_in_the_store()
    {
        SkillVectorCollection vectors = Collection();
        SkillIndex index = SkillIndex.Of(Kitchen);
        (await UpdateAsync(vectors, Kitchen)).ShouldBe(new SkillVectorUpdate(Added: 3, Texts: 6, Unchanged: 0, Removed: 0, Left: 0));
        var retriever = new SkillRetriever(index, vectors: vectors);

        (await retriever.SearchAsync("beverage"))[0].Skill.Name.ShouldBe("make-tea");
        retriever.Search("beverage").ShouldBeEmpty();
        index.VectorLength.ShouldBe(0);
        (await new SkillRetriever(SkillIndex.Empty, vectors: vectors).SearchAsync("beverage")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_what_is_new_or_changed_is_embedded_and_what_is_gone_is_deleted()
    {
        await UpdateAsync(Collection(), Kitchen);
        _generator.Asked.Clear();
        Skill[] now = [Kitchen[0], Kitchen[1] with { Body = "Buy it." }, TestSkills.Of("pour-juice", "Serves juice.")];

        (await UpdateAsync(Collection(), now)).ShouldBe(new SkillVectorUpdate(Added: 2, Texts: 3, Unchanged: 1, Removed: 2, Left: 0));

        _generator.Asked.SelectMany(texts => texts).Order().ShouldBe(["bake-bread\nBakes a loaf.", "bake-bread\nBuy it.", "pour-juice\nServes juice."]);
        _store.Records!.Values.Select(record => record.Name).Distinct().Order().ShouldBe(["bake-bread", "make-tea", "pour-juice"]);
        _store.Records.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Machines_with_other_paths_share_vectors_and_may_leave_those_of_others()
    {
        await UpdateAsync(Collection(), Kitchen);
        _generator.Asked.Clear();
        Skill[] elsewhere = [.. Kitchen.Take(2).Select(skill => skill with { Id = $"/other/{skill.Id}" })];

        (await UpdateAsync(Collection(new SkillVectorOptions { RemovesGone = false }), elsewhere)).ShouldBe(new SkillVectorUpdate(Added: 0, Texts: 0, Unchanged: 2, Removed: 0, Left: 0));

        _generator.Asked.ShouldBeEmpty();
        (await new SkillRetriever(SkillIndex.Of(elsewhere), vectors: Collection()).SearchAsync("dishes")).ShouldNotContain(match => match.Skill.Name == "wash-dishes");
    }

    [Fact]
    public async Task Vectors_of_another_model_are_never_mixed()
    {
        var other = new MeaningGenerator { Model = "other" };
        await UpdateAsync(Collection(), Kitchen);
        var collection = new SkillVectorCollection(_store, "skills", MeaningGenerator.Meanings, other.AsSkillEmbedder());

        (await new SkillRetriever(SkillIndex.Of(Kitchen), vectors: collection).SearchAsync("beverage")).ShouldBeEmpty();
        (await UpdateAsync(collection, Kitchen[..1])).ShouldBe(new SkillVectorUpdate(Added: 1, Texts: 2, Unchanged: 0, Removed: 0, Left: 0));
        (await UpdateAsync(collection, [])).Removed.ShouldBe(1);
        _store.Records!.Values.ShouldAllBe(record => record.Model == "test/meanings");
        _store.Records.Count.ShouldBe(6);
    }

    [Fact]
    public async Task What_was_written_stays_when_an_update_is_stopped()
    {
        Skill[] many = [.. Enumerable.Range(0, 100).Select(i => TestSkills.Of($"tea-{i}", "Makes tea."))];
        using var stop = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => Collection().UpdateAsync(SkillIndex.Of(many), [new CodeSkillSource("kitchen", many)], new CancelAt(stop), stop.Token));

        SkillVectorUpdate rest = await UpdateAsync(Collection(), many);
        (rest.Unchanged, rest.Added).ShouldBe((64, 36));
    }

    [Fact]
    public async Task What_has_changed_since_the_index_was_made_waits()
    {
        SkillIndex index = SkillIndex.Of(Kitchen);
        Skill[] now = [Kitchen[0] with { Body = "Other." }, .. Kitchen[1..]];

        (await Collection().UpdateAsync(index, [new CodeSkillSource("kitchen", now)])).ShouldBe(new SkillVectorUpdate(Added: 2, Texts: 4, Unchanged: 0, Removed: 0, Left: 1));

        (await Should.ThrowAsync<ArgumentException>(() => Collection().UpdateAsync(index, []))).Message.ShouldStartWith("The index was made of more than 0 sources");
    }

    [Fact]
    public async Task A_vector_of_another_length_is_refused_with_what_to_do()
    {
        await UpdateAsync(Collection(), Kitchen);

        (await Should.ThrowAsync<ConfigurationException>(() => UpdateAsync(Collection(dimensions: 5), Kitchen))).Message
            .ShouldBe("The collection 'skills' in memory 'kitchen' has vectors of 4 numbers, made by 'test/meanings'; those of 'test/meanings' have 5. Use another name for it.");
        _store.Records!.Clear();
        (await Should.ThrowAsync<ConfigurationException>(() => UpdateAsync(Collection(dimensions: 5), Kitchen))).Message
            .ShouldStartWith("The embedder 'test/meanings' makes vectors of 4 numbers, and the collection 'skills' was taken for 5.");
        Should.Throw<ArgumentOutOfRangeException>(() => Collection(dimensions: 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new SkillVectorOptions { Nearest = 0 });
    }

    [Fact]
    public async Task A_collection_that_nobody_has_made_is_named()
    {
        (await Should.ThrowAsync<ConfigurationException>(() => SearchAsync(Collection()))).Message
            .ShouldBe("There is no collection 'skills' in memory 'kitchen' yet. Bring it up to date once with SkillVectorCollection.UpdateAsync.");
    }

    [Fact]
    public async Task A_store_that_cannot_be_asked_is_named_or_words_alone_are_used()
    {
        await UpdateAsync(Collection(), Kitchen);
        foreach (Exception failure in new Exception[] { new VectorStoreException("no route"), new TimeoutException("no route"), new TaskCanceledException("no route") })
        {
            _store.Failure = failure;
            SkillVectorException thrown = await Should.ThrowAsync<SkillVectorException>(() => SearchAsync(Collection()));
            thrown.Message.ShouldBe("The collection 'skills' with the vectors of skills in memory 'kitchen' cannot be used: no route");
            thrown.InnerException.ShouldBe(failure);
        }

        var told = new List<string>();
        SkillVectorCollection patient = Collection(new SkillVectorOptions { WordsAlone = exception => told.Add(exception.Message) });
        (await new SkillRetriever(SkillIndex.Of(Kitchen), vectors: patient).SearchAsync("hot drink"))[0].Skill.Name.ShouldBe("make-tea");
        told.ShouldHaveSingleItem().ShouldContain("no route");
    }

    [Fact]
    public async Task A_search_that_its_caller_cancels_is_no_failure_of_the_store()
    {
        await UpdateAsync(Collection(), Kitchen);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var told = new List<string>();
        SkillVectorCollection vectors = Collection(new SkillVectorOptions { WordsAlone = exception => told.Add(exception.Message) });

        await Should.ThrowAsync<OperationCanceledException>(() => new SkillRetriever(SkillIndex.Of(Kitchen), vectors: vectors).SearchAsync("tea", cancellationToken: cancelled.Token).AsTask());
        told.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_sample_is_read_once_and_then_only_what_is_new_of_it()
    {
        SkillVectorCollection vectors = Collection();
        await UpdateAsync(vectors, Kitchen);
        var retriever = new SkillRetriever(SkillIndex.Of(Kitchen[1..]), vectors: vectors);
        await retriever.SearchAsync("tea");
        await retriever.SearchAsync("bread");
        _store.VectorsRead.ShouldBe(4);

        retriever.Index = SkillIndex.Of(Kitchen);
        await retriever.SearchAsync("tea");
        _store.VectorsRead.ShouldBe(6);
    }

    private SkillVectorCollection Collection(SkillVectorOptions? options = null, int dimensions = MeaningGenerator.Meanings) => new(_store, "skills", dimensions, _generator.AsSkillEmbedder(), options);

    private static Task<SkillVectorUpdate> UpdateAsync(SkillVectorCollection vectors, Skill[] skills) => vectors.UpdateAsync(SkillIndex.Of(skills), [new CodeSkillSource("kitchen", skills)]);

    private static Task<IReadOnlyList<SkillMatch>> SearchAsync(SkillVectorCollection vectors) => new SkillRetriever(SkillIndex.Of(Kitchen), vectors: vectors).SearchAsync("tea").AsTask();

    private sealed class CancelAt(CancellationTokenSource stop) : IProgress<double>
    {
        public void Report(double value) => stop.Cancel();
    }
}
