using AgentRouter.Configuration;
using AgentRouter.Skills;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Dense.Stored;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.VectorStores.Postgres;
using AgentRouter.VectorStores.Tests.Support;
using Npgsql;

namespace AgentRouter.VectorStores.Tests.Skills;

/// <summary>The vectors of skills in a table of PostgreSQL.</summary>
[NeedsPgvector]
[Collection(PgvectorServerUse.Name)]
public sealed class PostgresSkillVectorTests(PgvectorServer server) : IAsyncLifetime
{
    private static readonly Skill[] Library = [.. Enumerable.Range(0, 120).Select(Make)];

    private readonly string _name = $"skills-{Guid.NewGuid():N}";
    private readonly PostgresVectorStore _store = new(server.DataSource);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (PgvectorServer.Missing is null)
            await _store.EnsureCollectionDeletedAsync(_name);
        _store.Dispose();
    }

    [StoreFact]
    public async Task The_order_is_that_of_the_vectors_in_the_index()
    {
        SkillIndex scanned = (await SkillIndexer.UpdateAsync(SkillIndex.Empty, [Source(Library)], new SkillIndexerOptions { Embedder = new WordEmbedder() })).Index;
        SkillVectorCollection vectors = Collection();
        SkillVectorUpdate update = await UpdateAsync(vectors, Library);

        (update.Added, update.Texts).ShouldBe((120, 240));
        foreach (string task in new[] { "sea and bread", "a mountain", "cook soup on a ship", "snow kitchen" })
        {
            IReadOnlyList<SkillMatch> expected = await new SkillRetriever(scanned, new WordEmbedder()).SearchAsync(task);
            IReadOnlyList<SkillMatch> found = await new SkillRetriever(SkillIndex.Of(Library), vectors: vectors).SearchAsync(task);
            found.Select(match => match.Skill.Id).ShouldBe(expected.Select(match => match.Skill.Id), task);
        }
    }

    [StoreFact]
    public async Task Another_machine_embeds_only_what_is_new_and_deletes_what_is_gone()
    {
        await UpdateAsync(Collection(), Library);
        Skill[] now = [.. Library[10..].Select(skill => skill with { Id = $"/elsewhere/{skill.Id}" }), Make(500)];

        (await UpdateAsync(Collection(), now)).ShouldBe(new SkillVectorUpdate(Added: 1, Texts: 2, Unchanged: 110, Removed: 10, Left: 0));

        var few = new SkillVectorCollection(_store, _name, WordEmbedder.Dimensions, new WordEmbedder(), new SkillVectorOptions { Nearest = 20 });
        (await new SkillRetriever(SkillIndex.Of(now), vectors: few).SearchAsync("mountain")).Count.ShouldBe(10);
    }

    [StoreFact]
    public async Task What_the_server_has_not_or_cannot_is_said()
    {
        var retriever = new SkillRetriever(SkillIndex.Of(Library), vectors: Collection());
        (await Should.ThrowAsync<ConfigurationException>(() => retriever.SearchAsync("sea").AsTask())).Message.ShouldStartWith($"There is no collection '{_name}' in postgresql");

        await UpdateAsync(Collection(), Library[..1]);
        var longer = new SkillVectorCollection(_store, _name, WordEmbedder.Dimensions + 1, new WordEmbedder());
        (await Should.ThrowAsync<ConfigurationException>(() => UpdateAsync(longer, Library))).Message.ShouldContain("has vectors of");

        using NpgsqlDataSource nobody = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=me;Password=planted-password-4711;Timeout=5");
        using var unreachable = new PostgresVectorStore(nobody);
        var lost = new SkillVectorCollection(unreachable, _name, WordEmbedder.Dimensions, new WordEmbedder());
        SkillVectorException thrown = await Should.ThrowAsync<SkillVectorException>(() => new SkillRetriever(SkillIndex.Of(Library), vectors: lost).SearchAsync("sea").AsTask());
        thrown.Message.ShouldStartWith($"The collection '{_name}' with the vectors of skills in postgresql");
        thrown.Message.ShouldNotContain("planted");
    }

    private static Skill Make(int number) => new()
    {
        Id = $"{number:000}",
        Name = $"skill-{number}",
        Description = Words(number),
        Body = Words(number * 7 + 3),
    };

    private static string Words(int number) => string.Join(' ', WordEmbedder.Words.Where((_, i) => (number >> i) % 2 == 1));

    private static CodeSkillSource Source(Skill[] skills) => new("library", skills);

    private SkillVectorCollection Collection() => new(_store, _name, WordEmbedder.Dimensions, new WordEmbedder());

    private static Task<SkillVectorUpdate> UpdateAsync(SkillVectorCollection vectors, Skill[] skills) => vectors.UpdateAsync(SkillIndex.Of(skills), [Source(skills)]);

    /// <summary>Gives each word a direction. Its numbers fit in a byte, so that an index, which rounds to bytes, has the very same vectors.</summary>
    private sealed class WordEmbedder : ISkillEmbedder
    {
        public const int Dimensions = 16;

        public static string[] Words { get; } = ["sea", "ship", "whale", "mountain", "snow", "climb", "kitchen", "bread", "soup"];

        private static readonly float[][] Directions = Make(new Random(5));

        public string Name => "words";

        public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, EmbeddingPurpose purpose, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<ReadOnlyMemory<float>>>([.. texts.Select(Vector)]);

        private static ReadOnlyMemory<float> Vector(string text)
        {
            float[] sum = [.. Enumerable.Range(0, Dimensions).Select(i => 0.1f + Words.Zip(Directions).Where(word => text.Contains(word.First, StringComparison.Ordinal)).Sum(word => word.Second[i]))];
            float most = sum.Max(MathF.Abs);
            return sum.Select(number => MathF.Round(number / most * sbyte.MaxValue)).ToArray();
        }

        private static float[][] Make(Random random) => [.. Words.Select(_ => Enumerable.Range(0, Dimensions).Select(_ => (float)random.NextDouble() - 0.4f).ToArray())];
    }
}
