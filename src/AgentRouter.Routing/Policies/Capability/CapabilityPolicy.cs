using System.Globalization;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Policies.Capability;

/// <summary>Takes the cheapest model that is strong enough for what a step requires: whose shortfall, over all kinds of work, is no more
/// than is put up with. Where none is, the one that falls least short.</summary>
/// <remarks>
/// What is required is read off the request, by rules or by what was trained, and raised by the task's state: failed checks, tool
/// errors, repeated calls. How strong models are stands in their configuration, so another model is a line of YAML and no retraining;
/// where it does not stand there, the policy file and then the tier's rank say it. A model that was trained on falls short by what it is
/// itself predicted to lose, which knows it better than its profile. Costs count the prompt cache as it is. Shortfall matching after HyDRA
/// (2026); the state, and predictions trained on outcomes instead of a judge's labels, go beyond it.
/// </remarks>
public sealed class CapabilityPolicy : IRoutingPolicy
{
    private const int MostOnStack = 64;

    private readonly IRequirements _requirements;
    private readonly double[] _weights;
    private readonly double _tau;

    /// <summary>Makes the policy.</summary>
    /// <param name="options">What is put up with, the weights, and the policy file; read once.</param>
    /// <exception cref="Configuration.ConfigurationException">The policy file cannot be used.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public CapabilityPolicy(CapabilityPolicyOptions options)
        : this(Load(options), options)
    {
    }

    internal CapabilityPolicy(IRequirements requirements, CapabilityPolicyOptions options)
    {
        _requirements = requirements;
        _weights = Shortfall.Weights(requirements.Bands, options.Validate().Weights.AsReadOnly());
        _tau = options.Tau ?? requirements.Tau;
    }

    /// <inheritdoc/>
    public string Name => CapabilityDefaults.Name;

    /// <inheritdoc/>
    public ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(candidates);
        RequestReading reading = Read(step);
        Span<double> raised = stackalloc double[ModelStrengths.Count];
        reading.Required.CopyTo(raised);
        StateRequirements.Raise(step.Features, raised);
        Span<double> shortfalls = candidates.Count <= MostOnStack ? stackalloc double[candidates.Count] : new double[candidates.Count];
        Span<Money> costs = candidates.Count <= MostOnStack ? stackalloc Money[candidates.Count] : new Money[candidates.Count];
        for (int i = 0; i < candidates.Count; i++)
        {
            shortfalls[i] = ShortfallOf(candidates[i], reading, raised);
            costs[i] = candidates[i].ExpectedCost;
        }

        int chosen = Shortfall.Choose<Money>(shortfalls, costs, _tau);
        return new(new PolicyChoice(candidates[chosen], Explain(raised, shortfalls[chosen])));
    }

    private static IRequirements Load(CapabilityPolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Validate().File is { } file ? CapabilityPolicyFile.Load(file) : RuleRequirements.Instance;
    }

    // the request of a tool loop stays the same over many calls; two branches at once only read it twice
    private RequestReading Read(StepContext step)
    {
        LastReading last = step.Memory.GetOrAdd(this, static () => new LastReading());
        string request = LastRequest(step.Messages);
        RequestReading? reading = last.Reading;
        if (reading is null || reading.Request != request || reading.Node != step.Identity.Node)
            last.Reading = reading = _requirements.Read(step, request);
        return reading;
    }

    private double ShortfallOf(Candidate candidate, RequestReading reading, ReadOnlySpan<double> raised)
    {
        Span<double> places = stackalloc double[ModelStrengths.Count];
        Place(candidate.Model, places);
        double byProfile = Shortfall.Of(raised, places, _weights);
        int trained = reading.Find(candidate.Model.Profile.Name);
        if (trained < 0)
            return byProfile;
        candidate.PredictedSuccess = reading.Success[trained];
        // of the profile only what the task's state has added
        return reading.ShortfallOf(trained) + byProfile - Shortfall.Of(reading.Required, places, _weights);
    }

    private void Place(ModelEntry model, Span<double> places)
    {
        for (int k = 0; k < places.Length; k++)
        {
            var strength = (Strength)k;
            places[k] = (model.Profile.Strengths[strength] ?? _requirements.StrengthOf(model.Profile.Name, strength)) is { } known
                ? _requirements.Bands[k].PlaceOf(known)
                : StrengthBand.PlaceOf(model);
        }
    }

    private string Explain(ReadOnlySpan<double> required, double shortfall)
    {
        int most = -1;
        for (int k = 0; k < required.Length; k++)
        {
            if (_weights[k] > 0 && required[k] > 0 && (most < 0 || required[k] > required[most]))
                most = k;
        }

        string needs = most < 0
            ? "nothing special is required"
            : string.Create(CultureInfo.InvariantCulture, $"requires {StrengthNames.All[most]} {_requirements.Bands[most].At(required[most]):0.00}");
        return shortfall <= _tau
            ? string.Create(CultureInfo.InvariantCulture, $"{needs}: the cheapest that is short by at most {_tau:0.00}")
            : string.Create(CultureInfo.InvariantCulture, $"{needs}: no model is short by at most {_tau:0.00}, this one least, by {shortfall:0.00}");
    }

    private static string LastRequest(IReadOnlyList<ChatMessage> messages)
    {
        for (int i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i].Role == ChatRole.User)
                return messages[i].Text;
        }

        return "";
    }

    private sealed class LastReading
    {
        private RequestReading? _reading;

        public RequestReading? Reading
        {
            get => Volatile.Read(ref _reading);
            set => Volatile.Write(ref _reading, value);
        }
    }
}
