using System.Text.Json;
using AgentRouter.Models;
using AgentRouter.Routing.Learning;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Routing.Policies.Capability.Model;

/// <summary>Writes what a capability policy has learned into a policy file, and reads it back with checks.</summary>
internal static class CapabilityModelJson
{
    /// <summary>Writes the properties of a model into the open object.</summary>
    public static void Write(Utf8JsonWriter json, CapabilityModel model)
    {
        json.WriteNumber("tau", model.Tau);
        json.WriteNumber("wholeGain", model.WholeGain);
        json.WriteStartArray("strengths");
        for (int i = 0; i < model.Strengths.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("model", model.Predictor.Models[i]);
            for (int k = 0; k < ModelStrengths.Count; k++)
                json.WriteNumber(StrengthNames.All[k], model.Strengths[i][k]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("predictor");
        SuccessPredictorJson.Write(json, model.Predictor);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="json">What the file has learned.</param>
    /// <exception cref="Configuration.ConfigurationException">Something in it does not fit; the message names the place.</exception>
    public static CapabilityModel Read(PolicyJson json)
    {
        double wholeGain = json.Number("wholeGain", 0, 1);
        if (wholeGain <= 0)
            throw json.Wrong("wholeGain", "is not above 0");
        SuccessPredictor predictor = SuccessPredictorJson.Read(json.Object("predictor"));
        PolicyJson[] strengths = json.Objects("strengths");
        if (!strengths.Select(of => of.Text("model")).SequenceEqual(predictor.Models))
            throw json.Wrong("strengths", "is not for the models of the predictor");
        return new CapabilityModel(
            predictor, [.. strengths.Select(of => StrengthNames.All.Select(name => of.Number(name, 0, 1)).ToArray())], wholeGain, json.Number("tau", 0, 1));
    }
}
