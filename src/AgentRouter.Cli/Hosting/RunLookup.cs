using AgentRouter.Cli.CommandLine;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Cli.Hosting;

/// <summary>Finds the run that a person means.</summary>
internal static class RunLookup
{
    /// <summary>The word for the latest run.</summary>
    public const string Last = "last";

    /// <summary>Finds a run by its id, by the beginning of its id, or the latest one.</summary>
    /// <param name="store">Where runs are recorded.</param>
    /// <param name="folder">The store's folder, for messages.</param>
    /// <param name="name">What the person wrote.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="UsageException">There is no such run, or there are several.</exception>
    public static async Task<string> FindAsync(IRunStore store, string folder, string name, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        await foreach (RunSummary run in store.ListAsync(cancellationToken))
        {
            if (name == Last || run.RunId == name)
                return run.RunId;
            ids.Add(run.RunId);
        }

        if (ids.Count == 0)
            throw new UsageException($"No run is recorded in {folder}. Run a workflow first, or name another folder with --store.");
        string[] matches = [.. ids.Where(id => id.StartsWith(name, StringComparison.Ordinal))];
        return matches switch
        {
            [var only] => only,
            [] => throw new UsageException($"There is no run '{name}' in {folder}. {Suggestion.Sentence(name, ids)}"),
            _ => throw new UsageException($"'{name}' begins the ids of {matches.Length} runs: {string.Join(", ", matches.Take(4))}{(matches.Length > 4 ? ", …" : "")}. Write more of it."),
        };
    }
}
