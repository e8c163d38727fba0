using AgentRouter.Budgets;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Cli.Hosting.Reranking;
using AgentRouter.Failures;
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
    private readonly CliContext _context;
    private readonly SkillRetriever _retriever;
    private readonly SkillRetriever _byWords;
    private readonly OpenEmbeddings? _embeddings;

    private SearchLibrary(CliContext context, SkillIndex index, IReadOnlyList<ISkillSource> sources, OpenEmbeddings? embeddings, SkillRanker? ranker, OpenReranker? reranker)
    {
        (_context, _embeddings) = (context, embeddings);
        _byWords = new SkillRetriever(index, reranker: reranker?.Over(sources), ranker: ranker);
        _retriever = embeddings is null ? _byWords : new SkillRetriever(index, embeddings.Embedder, reranker?.Over(sources), ranker);
    }

    /// <summary>Gets how many skills there are.</summary>
    public int Count => _retriever.Index.Count;

    /// <summary>Opens the library.</summary>
    /// <param name="context">The world.</param>
    /// <param name="named">The index that was named, or <see langword="null"/>.</param>
    /// <param name="folders">The folders that are read in its place, or none.</param>
    /// <param name="query">What is asked; it is embedded too.</param>
    /// <param name="choice">The embeddings.</param>
    /// <param name="ranker">The trained ranker, or <see langword="null"/>.</param>
    /// <param name="reranker">What puts the first skills in order, or <see langword="null"/>; not owned.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="UsageException">There is no index, it has not the vectors that were named, or these cost money and no budget is named.</exception>
    public static async Task<SearchLibrary> OpenAsync(
        CliContext context, string? named, string[]? folders, string query, EmbeddingChoice choice, SkillRanker? ranker, OpenReranker? reranker, CancellationToken cancellationToken)
    {
        IReadOnlyList<FolderSkillSource> read = FilledFolders.Open(context, folders ?? []);
        if (choice.Named is { } profile && read.Count > 0)
            return await ReadAsync(context, read, query, choice, profile, ranker, reranker, cancellationToken);
        SkillIndex index = read.Count > 0 ? await SkillLibrary.ReadAsync(read, null, cancellationToken) : SkillLibrary.Load(context, named);
        IReadOnlyList<ISkillSource> sources = read.Count > 0 ? read : SkillFileSource.For(index);
        if (choice.Named is not { } wanted)
            return new SearchLibrary(context, index, sources, await KeptAsync(context, index, query, choice, cancellationToken), ranker, reranker);
        if (index.EmbedderName != wanted.VectorName)
            throw new UsageException($"The index has no vectors of '{wanted.Name}'{(index.EmbedderName is { } other ? $", but of '{other}'" : "")}. Make them with 'agentrouter skills index PATH --embeddings {wanted.Name}'.");
        return new SearchLibrary(context, index, sources, await OpenAsync(context, choice, wanted, index.VectorLength, [], query, cancellationToken), ranker, reranker);
    }

    /// <summary>Searches. Where the model does not answer, words alone decide, and the user is told.</summary>
    public async Task<IReadOnlyList<SkillMatch>> SearchAsync(string query, SkillSearchOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await _retriever.SearchAsync(query, options, cancellationToken);
        }
        catch (Exception exception) when (exception is ModelCallException or BudgetExceededException && !cancellationToken.IsCancellationRequested)
        {
            ByWords(_context, exception.Message);
            return await _byWords.SearchAsync(query, options, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _embeddings?.Dispose();

    private static async Task<SearchLibrary> ReadAsync(
        CliContext context, IReadOnlyList<FolderSkillSource> sources, string query, EmbeddingChoice choice, EmbeddingProfile profile, SkillRanker? ranker, OpenReranker? reranker, CancellationToken cancellationToken)
    {
        OpenEmbeddings? embeddings = await OpenAsync(context, choice, profile, 0, sources, query, cancellationToken);
        try
        {
            return new SearchLibrary(context, await SkillLibrary.ReadAsync(sources, embeddings?.Embedder, cancellationToken), sources, embeddings, ranker, reranker);
        }
        catch (Exception exception) when (exception is ModelCallException or BudgetExceededException && !cancellationToken.IsCancellationRequested)
        {
            embeddings?.Dispose();
            ByWords(context, exception.Message);
            return new SearchLibrary(context, await SkillLibrary.ReadAsync(sources, null, cancellationToken), sources, null, ranker, reranker);
        }
        catch
        {
            embeddings?.Dispose();
            throw;
        }
    }

    private static async Task<OpenEmbeddings?> KeptAsync(CliContext context, SkillIndex index, string query, EmbeddingChoice choice, CancellationToken cancellationToken)
    {
        if (index.EmbedderName is not { } kept)
            return null;
        if (choice.Of(kept) is not { } profile)
            ByWords(context, $"the index has vectors of '{kept}', and no embeddings of the configuration make those.");
        else if (profile.IsPaid && choice.Budget is null)
            ByWords(context, $"a vector of '{profile.Name}' costs money. --budget USD says how much it may cost.");
        else
            return await OpenAsync(context, choice, profile, index.VectorLength, [], query, cancellationToken);
        return null;
    }

    // a budget that is too small leaves the words, none at all is asked for
    private static async Task<OpenEmbeddings?> OpenAsync(
        CliContext context, EmbeddingChoice choice, EmbeddingProfile profile, int dimensions, IReadOnlyList<FolderSkillSource> sources, string query, CancellationToken cancellationToken)
    {
        if (profile.IsPaid)
        {
            var estimate = new EmbeddingEstimate(profile, dimensions);
            await SkillLibrary.ReadAsync(sources, estimate, cancellationToken);
            await estimate.EmbedAsync([query], EmbeddingPurpose.Task, cancellationToken);
            if (choice.Budget is not null && choice.Refusal(profile, estimate) is { } refusal)
            {
                ByWords(context, refusal);
                return null;
            }

            choice.Check(profile, estimate);
        }

        return choice.Open(profile);
    }

    private static void ByWords(CliContext context, string reason) => Notes.Show(context, $"Found by words alone: {reason}");
}
