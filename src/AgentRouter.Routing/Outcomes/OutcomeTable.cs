using System.Security.Cryptography;
using System.Text;
using AgentRouter.Configuration;
using AgentRouter.Pricing;

namespace AgentRouter.Routing.Outcomes;

/// <summary>Recorded outcomes of models on tasks: what policies are trained on and measured with. docs/outcomes.md gives the format.</summary>
public sealed class OutcomeTable
{
    /// <summary>Makes a table of rows.</summary>
    /// <param name="rows">The rows; their ids are unique.</param>
    /// <exception cref="ConfigurationException">Two rows have the same id, or a score is not between 0 and 1.</exception>
    public OutcomeTable(IReadOnlyList<OutcomeRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Rows = rows;
        var seen = new Dictionary<string, OutcomeRow>(rows.Count);
        var models = new List<string>();
        var known = new HashSet<string>();
        foreach (OutcomeRow row in rows)
        {
            if (!seen.TryAdd(row.Id, row))
                throw new ConfigurationException($"{Where(row)}: the id '{row.Id}' is taken by {Where(seen[row.Id])}. Ids are unique in a table.");
            foreach ((string model, ModelOutcome outcome) in row.Models)
            {
                if (outcome.Score is not (>= 0 and <= 1))
                    throw new ConfigurationException($"{Where(row)}: the score of '{model}' is {outcome.Score}; scores are between 0 and 1.");
                if (known.Add(model))
                    models.Add(model);
            }
        }

        Models = models;
    }

    /// <summary>Gets the rows in their order.</summary>
    public IReadOnlyList<OutcomeRow> Rows { get; }

    /// <summary>Gets the names of all models, in the order in which they appear.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>Reads tables from files of JSON Lines, plain or gzip, and puts them together.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ConfigurationException">A line cannot be used; the message names file and line and says why.</exception>
    public static async Task<OutcomeTable> LoadAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var rows = new List<OutcomeRow>();
        foreach (string path in paths)
            rows.AddRange(await OutcomeTableReader.ReadAsync(path, cancellationToken).ConfigureAwait(false));
        return rows.Count > 0
            ? new OutcomeTable(rows)
            : throw new ConfigurationException($"There is no row in {string.Join(", ", paths)}. An outcome table has one JSON object a line; docs/outcomes.md shows one.");
    }

    /// <summary>Keeps the rows that have an outcome of every one of these models.</summary>
    /// <param name="models">The models.</param>
    /// <exception cref="ConfigurationException">A model is not in the table, or no row has all of them.</exception>
    public OutcomeTable With(params IReadOnlyList<string> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        foreach (string model in models)
        {
            if (!Models.Contains(model))
                throw new ConfigurationException($"The table has no model '{model}'. {Suggestions.Suggestion.Sentence(model, Models)}");
        }

        OutcomeRow[] rows = [.. Rows.Where(row => models.All(row.Models.ContainsKey))];
        return rows.Length > 0 ? new OutcomeTable(rows) : throw new ConfigurationException($"No row has an outcome of each of {string.Join(", ", models)}.");
    }

    /// <summary>Keeps the outcomes of these models, and the rows that have any.</summary>
    /// <param name="models">The models.</param>
    /// <exception cref="ConfigurationException">A model is not in the table.</exception>
    internal OutcomeTable Only(IReadOnlyCollection<string> models)
    {
        foreach (string model in models.Where(model => !Models.Contains(model)))
            throw new ConfigurationException($"The table has no model '{model}'. {Suggestions.Suggestion.Sentence(model, Models)}");
        return new OutcomeTable([.. Rows.Where(row => row.Models.Keys.Any(models.Contains)).Select(row => row with
        {
            Models = row.Models.Where(entry => models.Contains(entry.Key)).ToDictionary(),
        })]);
    }

    /// <summary>Fills in what a row costs with a model where the table does not say.</summary>
    /// <param name="costs">The cost of a row by model.</param>
    /// <exception cref="ConfigurationException">A model is not in the table.</exception>
    internal OutcomeTable WithCosts(IReadOnlyDictionary<string, Money> costs)
    {
        foreach (string model in costs.Keys.Where(model => !Models.Contains(model)))
            throw new ConfigurationException($"--cost names the model '{model}'. {Suggestions.Suggestion.Sentence(model, Models)}");
        return costs.Count == 0 ? this : new OutcomeTable([.. Rows.Select(row => row with
        {
            Models = row.Models.ToDictionary(
                entry => entry.Key,
                entry => costs.TryGetValue(entry.Key, out Money cost) ? entry.Value with { Cost = entry.Value.Cost ?? cost } : entry.Value),
        })]);
    }

    /// <summary>Cuts scores to solved and not solved, 1 and 0.</summary>
    /// <param name="least">The score from which a row counts as solved.</param>
    internal OutcomeTable Solved(double least) => new([.. Rows.Select(row => row with
    {
        Models = row.Models.ToDictionary(model => model.Key, model => model.Value with { Score = model.Value.Score >= least ? 1 : 0 }),
    })]);

    /// <summary>Computes a hash of all rows that does not depend on the files they came in; policy files name the data by it.</summary>
    public string ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (OutcomeRow row in Rows)
            hash.AppendData(Encoding.UTF8.GetBytes(OutcomeTableWriter.Line(row) + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Where(OutcomeRow row) => row.Location ?? $"row '{row.Id}'";
}
