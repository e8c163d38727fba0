using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Dense.Stored;
using AgentRouter.Skills.Feedback;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Use;
using AgentRouter.VectorStores.Postgres;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Npgsql;

namespace AgentRouter.Testing.Tests;

/// <summary>The C# of docs/skills.md, as users write it.</summary>
public sealed class SkillSnippets
{
    [Fact]
    public void The_page_shows_nothing_else() => DocumentedSnippets.ShouldBeCompiledHere("docs/skills.md", atLeast: 6);

    [Fact]
    public async Task Skills_are_found_offered_and_kept_up_to_date()
    {
        string folder = Path.Combine(DocumentedSnippets.RepositoryRoot(), "skills");
        string file = Path.GetTempFileName();
        IChatClient model = TestModels.From(TestScript.For().Always().Says("Repaired."));

        FolderSkillSource source = new(folder);                                  // ISkillSource: CodeSkillSource, McpSkillSource, your own
        SkillIndexUpdate read = await SkillIndexer.UpdateAsync(SkillIndex.Empty, [source]);
        SkillRetriever retriever = new(read.Index);
        IReadOnlyList<SkillMatch> found = retriever.Search("turn the failing test green");
        SkillIndexFile.Save(read.Index, file);                                   // and SkillIndexFile.Load

        found[0].Skill.Name.ShouldBe("fix-a-failing-test");
        SkillIndexFile.Load(file).Count.ShouldBe(read.Index.Count);
        File.Delete(file);

        SkillFeedback feedback = new();                                          // a path keeps it
        IChatClient client = new ChatClientBuilder(model)
            .UseSkills(retriever, new SkillUseOptions { TopK = 3, MaxTokens = 4_000, Feedback = feedback })
            .UseFunctionInvocation()
            .Build();
        ChatResponse answer = await client.GetResponseAsync("The build is red. Repair the failing test.");
        feedback.Learn("The build is red. Repair the failing test.", ["fix-a-failing-test"], right: true);

        answer.Text.ShouldBe("Repaired.");

        SkillSession session = await SkillSession.BeginAsync(new SkillLibrary(retriever, source), "Repair the failing test.");
        string list = session.Prompt;                                            // beside the task
        IReadOnlyList<AIFunction> tools = SkillTools.Of(session);                // skills_open, skills_read, skills_search
        feedback.Learn(session.Task, session.Opened, right: true);               // when the work was verified

        list.ShouldContain("- fix-a-failing-test: ");
        tools.Count.ShouldBe(3);

        await using SkillWatcher watcher = new(retriever, [source], new SkillWatcherOptions { PollEvery = TimeSpan.FromMinutes(1) });
        await watcher.UpdateAsync();                                             // now, without waiting for a change

        retriever.Index.Count.ShouldBe(read.Index.Count);
    }

    [Fact]
    public async Task A_model_of_the_users_own_embeds_skills()
    {
        using var generator = new LetterGenerator();
        SkillIndex previous = SkillIndex.Empty;
        FolderSkillSource[] sources = [new(Path.Combine(DocumentedSnippets.RepositoryRoot(), "skills"))];

        ISkillEmbedder embedder = generator.AsSkillEmbedder(new() { TaskPrefix = "query: ", SkillPrefix = "passage: " });
        SkillIndexUpdate read = await SkillIndexer.UpdateAsync(previous, sources, new SkillIndexerOptions { Embedder = embedder });
        IReadOnlyList<SkillMatch> found = await new SkillRetriever(read.Index, embedder).SearchAsync("turn the failing test green");

        found.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_store_for_vectors_that_cannot_be_reached_is_named()
    {
        using var generator = new LetterGenerator();
        await using NpgsqlDataSource nobody = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=me");
        using var postgres = new PostgresVectorStore(nobody);

        (await Should.ThrowAsync<SkillVectorException>(() => FindAsync(postgres, SkillIndex.Empty, [], generator.AsSkillEmbedder()))).Message
            .ShouldStartWith("The collection 'skills' with the vectors of skills in postgresql");

        static async Task<IReadOnlyList<SkillMatch>> FindAsync(VectorStore store, SkillIndex index, IReadOnlyList<ISkillSource> sources, ISkillEmbedder embedder)
        {
            SkillVectorCollection vectors = new(store, "skills", dimensions: 384, embedder, new SkillVectorOptions { Nearest = 400 });
            SkillVectorUpdate update = await vectors.UpdateAsync(index, sources);    // one machine, when the library has changed
            SkillRetriever retriever = new(index, vectors: vectors);                 // every machine
            IReadOnlyList<SkillMatch> found = await retriever.SearchAsync("turn the failing test green");
            update.Left.ShouldBe(0);
            return found;
        }
    }

    /// <summary>Counts letters: enough to see that vectors are asked for.</summary>
    private sealed class LetterGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(Enumerable.Range('a', 26).Select(letter => (float)text.Count(c => c == letter)).ToArray()))));

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", null, "letters") : null;

        public void Dispose()
        {
        }
    }
}
