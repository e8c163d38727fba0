using AgentRouter.Configuration;
using AgentRouter.Routing.Learning;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Boundary;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Routing.Policies.Boundary.Training;
using AgentRouter.Routing.Policies.Capability;
using AgentRouter.Routing.Policies.Capability.Model;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Routing.Evaluation;

/// <summary>What a policy file that was trained before says of each row of a table.</summary>
internal sealed class PolicyPredictions
{
    private PolicyPredictions(string name, double[][] success) => (Name, Success) = (name, success);

    /// <summary>Gets the name of the file, without its folder.</summary>
    public string Name { get; }

    /// <summary>Gets the predicted success: for each row one probability for each model.</summary>
    public double[][] Success { get; }

    /// <summary>Reads a policy file and lets it predict a table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="table">The table; each row has all models.</param>
    /// <param name="models">The models, in the order in which they are predicted.</param>
    /// <exception cref="ConfigurationException">The file cannot be used, does not know a model, or was trained on this very table.</exception>
    public static PolicyPredictions Of(string path, OutcomeTable table, IReadOnlyList<string> models)
    {
        var file = PolicyFile.Load(path);
        (IReadOnlyList<string> known, Action<OutcomeRow, double[]> predict) = file.Policy switch
        {
            BoundaryDefaults.Name => Of(BoundaryModelJson.Read(file.Body)),
            CapabilityDefaults.Name => Of(CapabilityModelJson.Read(file.Body).Predictor),
            _ => throw new ConfigurationException($"{path}: the file is for the policy '{file.Policy}'; files for '{BoundaryDefaults.Name}' and '{CapabilityDefaults.Name}' can be measured."),
        };
        int[] places = [.. models.Select(model => IndexOf(known, model) is >= 0 and var place
            ? place
            : throw new ConfigurationException($"{path}: the policy was not trained with the model '{model}', but with {string.Join(", ", known)}. --models names those to choose among."))];
        if (file.Card.DataHash.Length > 0 && file.Card.DataHash == table.ComputeHash())
            throw new ConfigurationException($"{path}: the policy was trained on these very rows. A router is measured on rows it was not trained on; without the file, cross-validation does that.");
        RefuseKnown(path, file.Card, table);
        var success = new double[table.Rows.Count][];
        var all = new double[known.Count];
        for (int row = 0; row < success.Length; row++)
        {
            predict(table.Rows[row], all);
            success[row] = Array.ConvertAll(places, place => all[place]);
        }

        return new PolicyPredictions(Path.GetFileName(path), success);
    }

    private static void RefuseKnown(string path, PolicyCard card, OutcomeTable table)
    {
        HashSet<long> trained = [.. card.RowHashes];
        OutcomeRow[] known = [.. table.Rows.Where(row => trained.Contains(RowHashes.Of(row)))];
        if (known.Length > 0)
            throw new ConfigurationException($"{known[0].Location ?? known[0].Id}: the policy {path} was trained on this row, and on {known.Length:N0} of {table.Rows.Count:N0} rows in all, by their prompts or ids. A router is measured on rows it was not trained on: leave them out.");
    }

    private static (IReadOnlyList<string> Known, Action<OutcomeRow, double[]> Predict) Of(SuccessPredictor predictor) =>
        (predictor.Models, (row, success) => predictor.Predict(row.Prompt, row.Group, row.Id, success));

    private static (IReadOnlyList<string> Known, Action<OutcomeRow, double[]> Predict) Of(BoundaryModel model) => model.Risk is { } risk
        ? Of(risk.Predictor)
        : ([.. model.Rungs.Select(rung => rung.Name)], (row, success) =>
        {
            int of = model.IndexOf(row.Group) is >= 0 and var own ? own : Math.Max(0, model.IndexOf(BoundaryTrainer.Other));
            for (int rung = 0; rung < success.Length; rung++)
                success[rung] = model.Classes[of].Success(rung, failed: 0);
        }
    );

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i;
        }

        return -1;
    }
}
