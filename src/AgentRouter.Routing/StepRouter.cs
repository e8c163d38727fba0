using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Routing.Costs;
using AgentRouter.Routing.Gates;
using AgentRouter.Routing.Health;
using AgentRouter.Routing.Policies;
using AgentRouter.Steps;

namespace AgentRouter.Routing;

/// <summary>The step router: gates the models, prices them, and lets the policy choose among those that are left.</summary>
public sealed class StepRouter : IStepRouter
{
    private readonly ModelSet _models;
    private readonly IRoutingPolicy _policy;
    private readonly ModelHealth _health;
    private readonly IReadOnlyList<string>? _tiers;

    /// <summary>Makes a router.</summary>
    /// <param name="models">The models.</param>
    /// <param name="policy">What chooses.</param>
    /// <param name="health">What knows which models rest.</param>
    /// <param name="tiers">The tiers that may be used; <see langword="null"/> for all.</param>
    public StepRouter(ModelSet models, IRoutingPolicy policy, ModelHealth health, IReadOnlyList<string>? tiers = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(health);
        _models = models;
        _policy = policy;
        _health = health;
        _tiers = tiers;
    }

    /// <inheritdoc/>
    public async ValueTask<RouteDecision> RouteAsync(RouteRequest request, CancellationToken cancellationToken = default)
    {
        (Candidate[] all, int open) = Weigh(request);
        Candidate[] choices = all;
        if (open < all.Length)
        {
            // when every model that could take the step is resting, asking one beats giving up
            if (open == 0)
                open = WakeResting(all);
            if (open == 0)
                throw NoCandidate(all);
            choices = Array.FindAll(all, candidate => candidate.Gate is null);
        }

        PolicyChoice choice = choices.Length == 1 && !_policy.MayGiveUp
            ? new PolicyChoice(choices[0], "the only model that can take the step")
            : await _policy.ChooseAsync(request.Step, choices, cancellationToken).ConfigureAwait(false);
        return new RouteDecision
        {
            Chosen = choice.Candidate,
            Candidates = all,
            Policy = _policy.Name,
            Reason = choice.Reason,
            GivesUp = choice.GivesUp,
            Step = request.Step,
        };
    }

    private (Candidate[] All, int Open) Weigh(RouteRequest request)
    {
        StepContext step = request.Step;
        IReadOnlyList<ModelEntry> entries = _models.Entries;
        var all = new Candidate[entries.Count];
        int open = 0;
        long bound = -1;
        for (int i = 0; i < all.Length; i++)
        {
            ModelEntry model = entries[i];
            // models mostly share a tokenizer: count once
            if (i == 0 || !ReferenceEquals(model.TokenCounter, entries[i - 1].TokenCounter))
                bound = model.TokenCounter.UpperBound(step.Messages, step.Options) + (step.Advice is null ? 0 : BudgetAdvice.MaxTokens);
            GateReason? gate = CandidateGates.Check(model, step.Identity, step.Features, bound, _tiers, _health);
            if (gate is null)
                open++;
            long prompt = (long)(bound * model.TokenCounter.TypicalShare);
            long cached = model.Profile.CacheTimeToLive > TimeSpan.Zero ? Cached(model.Profile, request) : 0;
            long output = Math.Min(CostModel.ExpectedOutputTokens, step.Options?.MaxOutputTokens ?? long.MaxValue);
            all[i] = new Candidate
            {
                Model = model,
                Gate = gate,
                PromptBound = bound,
                ExpectedCachedTokens = cached,
                ExpectedCost = CostModel.Expected(model.Profile, prompt, cached, output),
                ExpectedFreshCost = CostModel.Expected(model.Profile, prompt, 0, output),
            };
        }

        return (all, open);
    }

    private static long Cached(ModelProfile model, RouteRequest request) =>
        request.Scope.Caches.ExpectedCachedTokens(model, request.Step.Messages, request.Scope.TimeProvider.GetUtcNow());

    private static int WakeResting(Candidate[] all)
    {
        int open = 0;
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].Gate != GateReason.Health)
                continue;
            all[i] = all[i].WithoutGate();
            open++;
        }

        return open;
    }

    private static ModelCallException NoCandidate(Candidate[] all)
    {
        if (all.Length == 0)
            return new ModelCallException(FailureClass.InvalidRequest, "There are no models to choose from: add one to the model set.");
        FailureClass failure = Array.Exists(all, candidate => candidate.Gate == GateReason.ContextWindow)
            ? FailureClass.ContextTooLong
            : FailureClass.InvalidRequest;
        string reasons = string.Join("; ", all.Select(candidate => $"{candidate.Model.Profile.Name}: {Say(candidate)}"));
        return new ModelCallException(failure, $"No model can take this step ({reasons}).");
    }

    private static string Say(Candidate candidate) => candidate.Gate switch
    {
        GateReason.ContextWindow => $"the prompt does not fit its context window of {candidate.Model.Profile.ContextWindow} tokens",
        GateReason.Tools => "it cannot call tools",
        GateReason.Vision => "it does not take images",
        GateReason.TierNotAllowed => $"its tier '{candidate.Model.Profile.Tier}' is not allowed here",
        _ => "it is resting after failures",
    };
}
