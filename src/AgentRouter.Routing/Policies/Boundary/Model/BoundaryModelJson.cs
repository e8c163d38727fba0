using System.Text.Json;
using AgentRouter.Routing.Learning;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Routing.Policies.Boundary.Model;

/// <summary>A boundary model in a policy file.</summary>
internal static class BoundaryModelJson
{
    private const double MostUsd = 1_000_000;

    /// <summary>Writes a model.</summary>
    public static void Write(Utf8JsonWriter json, BoundaryModel model)
    {
        json.WriteBoolean("verified", model.IsVerified);
        json.WriteStartArray("rungs");
        foreach (BoundaryRung rung in model.Rungs)
        {
            json.WriteStartObject();
            json.WriteString("name", rung.Name);
            if (rung.Tier is not null)
                json.WriteString("tier", rung.Tier);
            if (rung.UsdPerMillionTokens is { } price)
                json.WriteNumber("usdPerMillionTokens", price);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Numbers(json, "hazard", model.Hazard);
        json.WriteStartArray("classes");
        foreach (BoundaryClass of in model.Classes)
        {
            json.WriteStartObject();
            json.WriteString("name", of.Name);
            json.WriteNumber("rows", of.Rows);
            json.WriteNumber("share", of.Share);
            Numbers(json, "outcomes", of.Outcomes);
            json.WriteStartArray("costs");
            foreach (IReadOnlyList<double> costs in of.Costs)
                Numbers(json, null, costs);
            json.WriteEndArray();
            Numbers(json, "calls", of.Calls);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (model.Risk is not { } risk)
            return;
        json.WriteStartObject("risk");
        Numbers(json, "bands", risk.Bands);
        json.WritePropertyName("predictor");
        SuccessPredictorJson.Write(json, risk.Predictor);
        json.WriteEndObject();
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="Configuration.ConfigurationException">Something is missing or out of range.</exception>
    public static BoundaryModel Read(PolicyJson json)
    {
        BoundaryRung[] rungs =
        [
            .. json.Objects("rungs").Select(rung => new BoundaryRung(rung.Text("name"), rung.OptionalText("tier"))
            {
                UsdPerMillionTokens = rung.Element.TryGetProperty("usdPerMillionTokens", out _) ? rung.Number("usdPerMillionTokens", 0, MostUsd) : null,
            }),
        ];
        if (rungs.Length is < 2 or > BoundaryModel.MaxRungs)
            throw json.Wrong("rungs", $"has {rungs.Length} models and not 2 to {BoundaryModel.MaxRungs}");
        double[] hazard = json.NumberList("hazard", 0, 1);
        if (hazard.Length is 0 or > BoundaryModel.MaxSteps || hazard[^1] != 1)
            throw json.Wrong("hazard", $"is not a list of 1 to {BoundaryModel.MaxSteps} shares that ends in 1");
        BoundaryClass[] classes = [.. json.Objects("classes").Select(of => Class(of, rungs.Length))];
        if (classes.Length is 0 or > BoundaryModel.MaxClasses || Math.Abs(classes.Sum(of => of.Share) - 1) > 1e-6)
            throw json.Wrong("classes", $"is not a list of 1 to {BoundaryModel.MaxClasses} classes whose shares add up to 1");
        return new BoundaryModel
        {
            Rungs = rungs,
            Classes = classes,
            Hazard = hazard,
            IsVerified = json.Flag("verified"),
            Risk = json.OptionalObject("risk") is { } risk ? Risk(risk, rungs) : null,
        };
    }

    private static BoundaryRisk Risk(PolicyJson json, BoundaryRung[] rungs)
    {
        double[] bands = json.NumberList("bands", -1, 1);
        if (bands.Length >= BoundaryModel.MaxClasses || !bands.SequenceEqual(bands.Order()))
            throw json.Wrong("bands", "is not a short ascending list");
        SuccessPredictor predictor = SuccessPredictorJson.Read(json.Object("predictor"));
        return predictor.Models.SequenceEqual(rungs.Select(rung => rung.Name))
            ? new BoundaryRisk(predictor, bands)
            : throw json.Wrong("predictor", "is for other models than the rungs");
    }

    private static BoundaryClass Class(PolicyJson json, int rungs)
    {
        double[] outcomes = json.NumberList("outcomes", 0, 1);
        if (outcomes.Length != 1 << rungs || Math.Abs(outcomes.Sum() - 1) > 1e-6)
            throw json.Wrong("outcomes", $"is not a list of {1 << rungs} shares that add up to 1");
        double[][] costs = json.NumberLists("costs", 0, MostUsd);
        if (costs.Length != rungs || Array.Exists(costs, amounts => amounts.Length is 0 or > 16 || !amounts.SequenceEqual(amounts.Order())))
            throw json.Wrong("costs", $"is not a list of {rungs} lists of up to 16 ascending amounts");
        double[] calls = json.NumberList("calls", 0, 1_000_000);
        if (calls.Length != rungs)
            throw json.Wrong("calls", $"does not have {rungs} numbers");
        return new BoundaryClass
        {
            Name = json.Text("name"),
            Rows = json.Whole("rows", 0, int.MaxValue),
            Share = json.Number("share", 0, 1),
            Outcomes = outcomes,
            Costs = costs,
            Calls = calls,
        };
    }

    private static void Numbers(Utf8JsonWriter json, string? name, IReadOnlyList<double> numbers)
    {
        if (name is null)
            json.WriteStartArray();
        else
            json.WriteStartArray(name);
        foreach (double number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
