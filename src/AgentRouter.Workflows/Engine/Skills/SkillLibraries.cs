using AgentRouter.Configuration;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Feedback;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Rankers;
using AgentRouter.Skills.Reranking;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Use;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Engine.Skills;

/// <summary>The libraries of an engine, one for each list of folders, and what was learned of their skills, one table for each file. Thread-safe.</summary>
/// <remarks>Folders are read when the first run needs them; a later run reads again what has changed since. They get no vectors but those of
/// an embedder that costs nothing: learning them would keep the first run of each process waiting. A large library is better named by its index file, which has them and is there at once.</remarks>
internal sealed class SkillLibraries(WorkflowEngineOptions engine)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Shelf> _shelves = [];
    private readonly Dictionary<string, ((DateTime Time, long Length) Stamp, SkillIndex Index)> _indexes = [];
    private readonly Dictionary<string, SkillFeedback> _feedback = [];
    private readonly SkillFeedback _memory = new(null, engine.TimeProvider);

    /// <summary>Opens a library as it is now.</summary>
    /// <param name="folders">Its folders, as absolute paths, before what the engine has; or a single index file, which stands alone.</param>
    /// <param name="skills">What says which vectors, trained ranker and reranker count.</param>
    /// <param name="warn">Takes what is wrong with skills that cannot be used.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="NodeFailedException">A folder is not there, an index is damaged or has other vectors, there is nothing to find skills in, or embedding folders would cost money.</exception>
    public async ValueTask<SkillLibrary> OpenAsync(IReadOnlyList<string> folders, SkillsDefinition skills, Action<string> warn, CancellationToken cancellationToken)
    {
        string? embeddings = skills.Embeddings;
        ISkillEmbedder? embedder = embeddings is null ? null : Embedder(embeddings, warn);
        SkillRanker? ranker = skills.Ranker is null ? null : Tell(() => SkillRanker.Load(skills.Ranker));
        if (folders is [var file] && File.Exists(file))
        {
            SkillIndex index = Load(file, embeddings, embedder);
            return new SkillLibrary(new SkillRetriever(index, embedder, Reranker(skills.Reranker, SkillFileSource.For(index), warn), ranker));
        }

        if (embedder is { IsPaid: true })
            throw new NodeFailedException($"The embeddings '{embeddings}' cost money, so folders are not embedded in a run. {HowToIndex(embeddings!)}");
        Shelf shelf;
        lock (_lock)
        {
            string key = string.Join('\0', [embedder?.Name ?? "", .. folders]);
            if (!_shelves.TryGetValue(key, out Shelf? known))
                _shelves[key] = known = new Shelf(Sources(folders), embedder);
            shelf = known;
        }

        return await shelf.OpenAsync(Reranker(skills.Reranker, shelf.Sources, warn), ranker, warn, cancellationToken);
    }

    /// <summary>Finds the table of a file, or the one that lives as long as the engine.</summary>
    /// <exception cref="ConfigurationException">The file is corrupt or cannot be read.</exception>
    public SkillFeedback Feedback(string? path)
    {
        if (path is null)
            return _memory;
        lock (_lock)
        {
            if (!_feedback.TryGetValue(path, out SkillFeedback? table))
                _feedback[path] = table = new SkillFeedback(path, engine.TimeProvider);
            return table;
        }
    }

    private static string HowToIndex(string embeddings) => $"Make an index with 'agentrouter skills index PATH --index FILE --embeddings {embeddings}', and name it under 'from'.";

    private ISkillEmbedder? Embedder(string name, Action<string> warn)
    {
        if (Tell(() => engine.FindEmbedder?.Invoke(name)) is { } found)
            return found;
        warn($"Skills are found by words alone: there are no embeddings '{name}' here.");
        return null;
    }

    private ISkillReranker? Reranker(string? name, IReadOnlyList<ISkillSource> sources, Action<string> warn)
    {
        if (name is null)
            return null;
        if (Tell(() => engine.FindReranker?.Invoke(name, sources)) is { } found)
            return found;
        warn($"Skills stand in the order of the search: there is no reranker '{name}' here.");
        return null;
    }

    // what is wrong with a file or a setting is the node's failure
    private static T Tell<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (ConfigurationException exception)
        {
            throw new NodeFailedException(exception.Message, exception);
        }
    }

    private SkillIndex Load(string file, string? embeddings, ISkillEmbedder? embedder)
    {
        SkillIndex index = Load(file);
        if (embedder is null || index.EmbedderName == embedder.Name)
            return index;
        string has = index.EmbedderName is { } other ? $"vectors of '{other}'" : "no vectors of a model";
        throw new NodeFailedException($"{ProjectFolder.Display(file)} has {has}, not of the embeddings '{embeddings}' ('{embedder.Name}'). {HowToIndex(embeddings!)}");
    }

    // kept for the next run, until the file is another
    private SkillIndex Load(string file)
    {
        var info = new FileInfo(file);
        (DateTime Time, long Length) stamp = (info.LastWriteTimeUtc, info.Length);
        lock (_lock)
        {
            if (_indexes.TryGetValue(file, out var known) && known.Stamp == stamp)
                return known.Index;
        }

        SkillIndex index = Tell(() => SkillIndexFile.Load(file));
        lock (_lock)
            _indexes[file] = (stamp, index);
        return index;
    }

    private ISkillSource[] Sources(IReadOnlyList<string> folders)
    {
        try
        {
            ISkillSource[] sources = [.. folders.Select(folder => new FolderSkillSource(folder, ProjectFolder.Display)), .. engine.SkillSources];
            return sources.Length > 0 ? sources : throw new NodeFailedException("There is nothing to find skills in: make a folder 'skills' in the project, or name folders under 'from'.");
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new NodeFailedException(exception.Message, exception);
        }
    }

    private sealed class Shelf(ISkillSource[] sources, ISkillEmbedder? embedder)
    {
        private readonly Lock _lock = new();
        private Task<SkillIndex> _reading = Task.FromResult(SkillIndex.Empty);

        public IReadOnlyList<ISkillSource> Sources => sources;

        public async ValueTask<SkillLibrary> OpenAsync(ISkillReranker? reranker, SkillRanker? ranker, Action<string> warn, CancellationToken cancellationToken)
        {
            Task<SkillIndex> reading;
            lock (_lock)
                reading = _reading = ReadAsync(_reading, warn, cancellationToken);
            // of its own, so that a run sees one library from its beginning to its end
            return new SkillLibrary(new SkillRetriever(await reading, embedder, reranker, ranker), sources);
        }

        private async Task<SkillIndex> ReadAsync(Task<SkillIndex> before, Action<string> warn, CancellationToken cancellationToken)
        {
            await ((Task)before).ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
            SkillIndex index = before.IsCompletedSuccessfully ? await before : SkillIndex.Empty;
            SkillIndexUpdate update = await SkillIndexer.UpdateAsync(index, sources, new SkillIndexerOptions { Dense = DenseMode.Off, Embedder = embedder }, cancellationToken: cancellationToken);
            if (update.Problems.Where(problem => !problem.IsWarning).ToArray() is [var first, ..] errors)
                warn(errors.Length == 1 ? $"A skill cannot be used: {first}" : $"{errors.Length} skills cannot be used, the first: {first}");
            return update.Index;
        }
    }
}
