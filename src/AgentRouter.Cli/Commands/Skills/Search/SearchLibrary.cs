using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Cli.Hosting.Reranking;
using AgentRouter.Models;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Rankers;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;

namespace AgentRouter.Cli.Commands.Skills.Search;

/// <summary>What is searched, and with which vectors: those that were named, else those that the index has, where nothing stands in their way.</summary>
internal sealed class SearchLibrary : IDisposable
{
    private readonly OpenEmbeddings? _embeddings;

    private SearchLibrary(SkillIndex index, IReadOnlyList<ISkillSource> sources, OpenEmbeddings? embeddings, SkillRanker? ranker, OpenReranker? reranker) =>
        (Retriever, _embeddings) = (new SkillRetriever(index, embeddings?.Embedder, reranker?.Over(sources), ranker), embeddings);

    /// <summary>Gets what searches.</summary>
    public SkillRetriever Retriever { get; }

    /// <summary>Opens the library.</summary>
    /// <param name="context">The world.</param>
    /// <param name="named">The index that was named, or <see langword="null"/>.</param>
    /// <param name="folders">The folders that are read in its place, or none.</param>
    /// <param name="query">What is asked; it is embedded too.</param>
    /// <param name="choice">The embeddings.</param>
    /// <param name="ranker">The trained ranker, or <see langword="null"/>.</param>
    /// <param name="reranker">What puts the first skills in order, or <see langword="null"/>; not owned.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="UsageException">There is no index, it has not the vectors that were named, or they cost more than they may.</exception>
    public static async Task<SearchLibrary> OpenAsync(
        CliContext context, string? named, string[]? folders, string query, EmbeddingChoice choice, SkillRanker? ranker, OpenReranker? reranker, CancellationToken cancellationToken)
    {
        IReadOnlyList<FolderSkillSource> read = SkillLibrary.Open(context, folders ?? []);
        if (choice.Named is { } profile && read.Count > 0)
        {
            OpenEmbeddings embeddings = await OpenAsync(choice, profile, 0, read, query, cancellationToken);
            try
            {
                return new SearchLibrary(await SkillLibrary.ReadAsync(read, embeddings.Embedder, cancellationToken), read, embeddings, ranker, reranker);
            }
            catch
            {
                embeddings.Dispose();
                throw;
            }
        }

        SkillIndex index = read.Count > 0 ? await SkillLibrary.ReadAsync(read, null, cancellationToken) : SkillLibrary.Load(context, named);
        IReadOnlyList<ISkillSource> sources = read.Count > 0 ? read : SkillFileSource.For(index);
        if (choice.Named is not { } wanted)
            return new SearchLibrary(index, sources, await KeptAsync(context, index, query, choice, cancellationToken), ranker, reranker);
        if (index.EmbedderName != wanted.VectorName)
            throw new UsageException($"The index has no vectors of '{wanted.Name}'{(index.EmbedderName is { } other ? $", but of '{other}'" : "")}. Make them with 'agentrouter skills index PATH --embeddings {wanted.Name}'.");
        return new SearchLibrary(index, sources, await OpenAsync(choice, wanted, index.VectorLength, [], query, cancellationToken), ranker, reranker);
    }

    /// <inheritdoc/>
    public void Dispose() => _embeddings?.Dispose();

    private static async Task<OpenEmbeddings?> KeptAsync(CliContext context, SkillIndex index, string query, EmbeddingChoice choice, CancellationToken cancellationToken)
    {
        if (index.EmbedderName is not { } kept)
            return null;
        if (choice.Of(kept) is not { } profile)
            Notes.Show(context, $"Found by words alone: the index has vectors of '{kept}', and no embeddings of the configuration make those.");
        else if (profile.IsPaid && choice.Budget is null)
            Notes.Show(context, $"Found by words alone: a vector of '{profile.Name}' costs money. --budget USD says how much it may cost.");
        else
            return await OpenAsync(choice, profile, index.VectorLength, [], query, cancellationToken);
        return null;
    }

    private static async Task<OpenEmbeddings> OpenAsync(EmbeddingChoice choice, EmbeddingProfile profile, int dimensions, IReadOnlyList<FolderSkillSource> sources, string query, CancellationToken cancellationToken)
    {
        if (profile.IsPaid)
        {
            var estimate = new EmbeddingEstimate(profile, dimensions);
            await SkillLibrary.ReadAsync(sources, estimate, cancellationToken);
            await estimate.EmbedAsync([query], EmbeddingPurpose.Task, cancellationToken);
            choice.Check(profile, estimate);
        }

        return choice.Open(profile);
    }
}
