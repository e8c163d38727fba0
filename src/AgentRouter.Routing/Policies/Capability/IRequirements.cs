using AgentRouter.Models;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Capability;

/// <summary>Says what a step requires of a model.</summary>
internal interface IRequirements
{
    /// <summary>Gets the band of each dimension.</summary>
    IReadOnlyList<StrengthBand> Bands { get; }

    /// <summary>Gets the shortfall to put up with where no other is set.</summary>
    double Tau { get; }

    /// <summary>Gets the strength of a model that its configuration does not give; <see langword="null"/> when it is not known.</summary>
    double? StrengthOf(string model, Strength strength);

    /// <summary>Reads what a step requires, as places in the bands from 0 to 1, by all but the task's state.</summary>
    /// <param name="step">The step.</param>
    /// <param name="request">The last request in it.</param>
    RequestReading Read(StepContext step, string request);
}
