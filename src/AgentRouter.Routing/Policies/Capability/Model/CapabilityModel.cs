using AgentRouter.Models;
using AgentRouter.Routing.Learning;
using AgentRouter.Routing.Policies.Boundary;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Capability.Model;

/// <summary>Requirements that were learned from outcomes: each model's success is predicted from the request, and what is required is
/// the strength at which it comes near the best's.</summary>
internal sealed class CapabilityModel : IRequirements
{
    private readonly RequiredPlaces _places;

    /// <summary>Puts a model together.</summary>
    /// <param name="predictor">Predicts each model's success.</param>
    /// <param name="strengths">For each of its models the strength in each dimension.</param>
    /// <param name="wholeGain">The gain of success whose loss is a shortfall of 1, above 0.</param>
    /// <param name="tau">The shortfall to put up with.</param>
    public CapabilityModel(SuccessPredictor predictor, IReadOnlyList<double[]> strengths, double wholeGain, double tau)
    {
        Predictor = predictor;
        Strengths = strengths;
        WholeGain = wholeGain;
        Tau = tau;
        _places = new RequiredPlaces(strengths);
    }

    /// <summary>Gets what predicts each model's success.</summary>
    public SuccessPredictor Predictor { get; }

    /// <summary>Gets for each model its strength in each dimension.</summary>
    public IReadOnlyList<double[]> Strengths { get; }

    /// <summary>Gets the gain of success whose loss is a shortfall of 1.</summary>
    public double WholeGain { get; }

    /// <inheritdoc/>
    public double Tau { get; }

    /// <inheritdoc/>
    public IReadOnlyList<StrengthBand> Bands => _places.Bands;

    /// <inheritdoc/>
    public double? StrengthOf(string model, Strength strength)
    {
        for (int i = 0; i < Predictor.Models.Count; i++)
        {
            if (Predictor.Models[i] == model)
                return Strengths[i][(int)strength];
        }

        return null;
    }

    /// <inheritdoc/>
    public RequestReading Read(StepContext step, string request)
    {
        var success = new double[Predictor.Models.Count];
        Predictor.Predict(request, GroupOf(step.Identity.Node), "", success);
        var required = new double[ModelStrengths.Count];
        _places.Of(success, required);
        return new RequestReading(request, step.Identity.Node, required) { Models = Predictor.Models, Success = success, WholeGain = WholeGain };
    }

    // exported runs call the group of a node's steps 'node NAME'; the node of a branch or of a map item is written as a path
    private static string GroupOf(string? node) => node is null ? "" : BoundaryClasses.NodePrefix + node[(node.LastIndexOf('/') + 1)..];
}
