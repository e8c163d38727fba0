using AgentRouter.Skills.Feedback;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Use;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Engine.Skills;

/// <summary>The libraries of an engine, one for each list of folders, and what was learned of their skills, one table for each file. Thread-safe.</summary>
/// <remarks>A library is read when the first run needs it; a later run reads again what has changed since.</remarks>
internal sealed class SkillLibraries(IReadOnlyList<ISkillSource> shared, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Shelf> _shelves = [];
    private readonly Dictionary<string, SkillFeedback> _feedback = [];
    private readonly SkillFeedback _memory = new(null, timeProvider);

    /// <summary>Opens a library as it is now.</summary>
    /// <param name="folders">Its folders, as absolute paths; those of the engine come after them.</param>
    /// <param name="warn">Takes what is wrong with skills that cannot be used.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="NodeFailedException">A folder is not there, or there is nothing to find skills in.</exception>
    public async ValueTask<SkillLibrary> OpenAsync(IReadOnlyList<string> folders, Action<string> warn, CancellationToken cancellationToken)
    {
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
    /// <exception cref="Configuration.ConfigurationException">The file is corrupt or cannot be read.</exception>
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
            SkillIndexUpdate update = await SkillIndexer.UpdateAsync(index, sources, cancellationToken: cancellationToken);
            if (update.Problems.Where(problem => !problem.IsWarning).ToArray() is [var first, ..] errors)
                warn(errors.Length == 1 ? $"A skill cannot be used: {first}" : $"{errors.Length} skills cannot be used, the first: {first}");
            return update.Index;
        }
    }
}
