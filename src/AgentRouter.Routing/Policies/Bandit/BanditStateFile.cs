using System.Text.Json;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Routing.Policies.Bandit;

/// <summary>The state file of a bandit: its verified outcomes, one a line.</summary>
internal static class BanditStateFile
{
    private const int MaxFeaturesOfStep = 32;
    private const double MaxUsd = 1_000_000;

    private static readonly StateFormat<VerifiedStep> Format = new()
    {
        Policy = BanditDefaults.Name,
        Version = 1,
        Items = "outcomes",
        Needs = "a model, features, a score from 0 to 1 and a cost from 0",
        Read = Step,
        Write = step => new { model = step.Model, features = step.Features, score = step.Score, usd = step.Usd },
    };

    /// <summary>Opens a file, which need not be there.</summary>
    /// <param name="path">The file; <see langword="null"/> keeps nothing.</param>
    public static PolicyState<VerifiedStep> Open(string? path) => new(Format, path);

    private static VerifiedStep? Step(JsonElement outcome) =>
        outcome.Text("model") is { } model && outcome.Texts("features", MaxFeaturesOfStep) is { } features
        && outcome.Number("score", 0, 1) is { } score && outcome.Number("usd", 0, MaxUsd) is { } usd
            ? new VerifiedStep(model, features, score, usd)
            : null;
}
