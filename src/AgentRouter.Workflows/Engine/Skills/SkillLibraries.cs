using AgentRouter.Configuration;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Feedback;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Use;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Engine.Skills;

/// <summary>The libraries of an engine, one for each list of folders, and what was learned of their skills, one table for each file. Thread-safe.</summary>
/// <remarks>Folders are read when the first run needs them; a later run reads again what has changed since. They get no vectors: learning them would keep the first run of each
/// process waiting. A large library is better named by its index file, which has them and is there at once.</remarks>
internal sealed class SkillLibraries(IReadOnlyList<ISkillSource> shared, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Shelf> _shelves = [];
    private readonly Dictionary<string, ((DateTime Time, long Length) Stamp, SkillIndex Index)> _indexes = [];
    private readonly Dictionary<string, SkillFeedback> _feedback = [];
    private readonly SkillFeedback _memory = new(null, timeProvider);

    /// <summary>Opens a library as it is now.</summary>
    /// <param name="folders">Its folders, as absolute paths, before what the engine has; or a single index file, which stands alone.</param>
    /// <param name="warn">Takes what is wrong with skills that cannot be used.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="NodeFailedException">A folder is not there, an index is damaged, or there is nothing to find skills in.</exception>
    public async ValueTask<SkillLibrary> OpenAsync(IReadOnlyList<string> folders, Action<string> warn, CancellationToken cancellationToken)
    {
        if (folders is [var file] && File.Exists(file))
            return new SkillLibrary(new SkillRetriever(Load(file)));
        Shelf shelf;
        lock (_lock)
        {
            string key = string.Join('\0', folders);
            if (!_shelves.TryGetValue(key, out Shelf? known))
                _shelves[key] = known = new Shelf(Sources(folders));
            shelf = known;
        }

        return await shelf.OpenAsync(warn, cancellationToken);
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
                _feedback[path] = table = new SkillFeedback(path, timeProvider);
            return table;
        }
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

        try
        {
            SkillIndex index = SkillIndexFile.Load(file);
            lock (_lock)
                _indexes[file] = (stamp, index);
            return index;
        }
        catch (ConfigurationException exception)
        {
            throw new NodeFailedException(exception.Message, exception);
        }
    }

    private ISkillSource[] Sources(IReadOnlyList<string> folders)
    {
        try
        {
            ISkillSource[] sources = [.. folders.Select(folder => new FolderSkillSource(folder, ProjectFolder.Display)), .. shared];
            return sources.Length > 0 ? sources : throw new NodeFailedException("There is nothing to find skills in: make a folder 'skills' in the project, or name folders under 'from'.");
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new NodeFailedException(exception.Message, exception);
        }
    }

    private sealed class Shelf(ISkillSource[] sources)
    {
        private readonly Lock _lock = new();
        private Task<SkillIndex> _reading = Task.FromResult(SkillIndex.Empty);

        public async ValueTask<SkillLibrary> OpenAsync(Action<string> warn, CancellationToken cancellationToken)
        {
            Task<SkillIndex> reading;
            lock (_lock)
                reading = _reading = ReadAsync(_reading, warn, cancellationToken);
            // of its own, so that a run sees one library from its beginning to its end
            return new SkillLibrary(new SkillRetriever(await reading), sources);
        }

        private async Task<SkillIndex> ReadAsync(Task<SkillIndex> before, Action<string> warn, CancellationToken cancellationToken)
        {
            await ((Task)before).ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
            SkillIndex index = before.IsCompletedSuccessfully ? await before : SkillIndex.Empty;
            SkillIndexUpdate update = await SkillIndexer.UpdateAsync(index, sources, new SkillIndexerOptions { Dense = DenseMode.Off }, cancellationToken: cancellationToken);
            if (update.Problems.Where(problem => !problem.IsWarning).ToArray() is [var first, ..] errors)
                warn(errors.Length == 1 ? $"A skill cannot be used: {first}" : $"{errors.Length} skills cannot be used, the first: {first}");
            return update.Index;
        }
    }
}
