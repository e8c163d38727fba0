using AgentRouter.Configuration;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary>Reads what policies are trained on: outcome tables, and folders of recorded runs.</summary>
internal static class TrainingData
{
    /// <summary>Reads the paths and puts them together.</summary>
    /// <exception cref="ConfigurationException">There is no row in them, or a line cannot be used.</exception>
    public static async Task<OutcomeTable> LoadAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var files = new List<string>();
        var outcomes = new RunOutcomes();
        foreach (string path in paths)
        {
            if (!Directory.Exists(path))
            {
                files.Add(path);
                continue;
            }

            using var store = new SqliteRunStore(path);
            var ids = new List<string>();
            await foreach (RunSummary run in store.ListAsync(cancellationToken))
                ids.Add(run.RunId);
            foreach (string id in Enumerable.Reverse(ids))
                await outcomes.AddAsync(store.ReadAsync(id, cancellationToken), cancellationToken: cancellationToken);
        }

        IReadOnlyList<OutcomeRow> recorded = outcomes.Rows();
        if (files.Count == 0)
            return recorded.Count > 0 ? new OutcomeTable(recorded) : throw new ConfigurationException($"No finished run with model calls is recorded in {string.Join(", ", paths)}.");
        OutcomeTable table = await OutcomeTable.LoadAsync(files, cancellationToken);
        return recorded.Count > 0 ? new OutcomeTable([.. table.Rows, .. recorded]) : table;
    }
}
