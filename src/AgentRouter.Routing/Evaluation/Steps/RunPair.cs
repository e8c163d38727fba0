using System.Text.RegularExpressions;
using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation.Switching;
using AgentRouter.Routing.Evaluation.Trajectories;

namespace AgentRouter.Routing.Evaluation.Steps;

/// <summary>The runs of two models on one task.</summary>
/// <param name="Weak">The cheap model's run.</param>
/// <param name="Strong">The dear model's run.</param>
/// <param name="WeakUsd">What the cheap model's run had cost after each step; the first entry is 0.</param>
/// <param name="StrongUsd">What the dear model's run cost.</param>
internal sealed partial record RunPair(RecordedRun Weak, RecordedRun Strong, double[] WeakUsd, double StrongUsd)
{
    /// <summary>Gets a value indicating whether the cheap model failed.</summary>
    public bool Fails => Weak.Reward < Ceiling.Solved;

    /// <summary>Gets a value indicating whether the dear model solved what the cheap one did not.</summary>
    public bool Gains => Fails && Strong.Reward >= Ceiling.Solved;

    /// <summary>Gets the key by which tasks are kept together in cross-validation: variants of a task end in the same number.</summary>
    public string Group => TrailingNumber().Match(Weak.Task) is { Success: true } number ? number.Value : Weak.Task;

    /// <summary>Pairs the runs of two models by their tasks; of several runs of a task the first is taken, and runs without steps or reward are left out.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="pair">The models.</param>
    /// <param name="configuration">Takes only runs of this setting; <see langword="null"/> for all.</param>
    /// <exception cref="ConfigurationException">There is no task that both models have a run of.</exception>
    public static IReadOnlyList<RunPair> Of(IReadOnlyList<RecordedRun> runs, SwitchPair pair, string? configuration)
    {
        RecordedRun[] usable = [.. runs.Where(run => run.Steps.Count > 0 && run.Reward is not null && (configuration is null || run.Configuration == configuration))];
        Dictionary<string, RecordedRun> strong = ByTask(pair.Strong.Name);
        RunPair[] pairs = [.. ByTask(pair.Weak.Name).Where(weak => strong.ContainsKey(weak.Key)).Select(weak =>
            new RunPair(weak.Value, strong[weak.Key], Spent(weak.Value, pair.Weak.Prices), Spent(strong[weak.Key], pair.Strong.Prices)[^1]))];
        if (pairs.Length > 0)
            return pairs;
        string models = string.Join(", ", usable.Select(run => run.Model ?? "no named model").Distinct().Order().Take(10));
        string settings = string.Join(", ", runs.Select(run => run.Configuration).Where(name => name.Length > 0).Distinct().Order().Take(10));
        throw new ConfigurationException($"No task has a run of '{pair.Weak.Name}' and one of '{pair.Strong.Name}' with steps and a reward. The runs are of {models}; the settings are {settings}.");

        Dictionary<string, RecordedRun> ByTask(string model) =>
            usable.Where(run => run.Model is { } name && ModelNames.AreSame(name, model)).GroupBy(run => run.Task).ToDictionary(runs => runs.Key, runs => runs.First());
    }

    private static double[] Spent(RecordedRun run, ModelPrices prices)
    {
        var spent = new double[run.Steps.Count + 1];
        for (int step = 0; step < run.Steps.Count; step++)
        {
            RecordedStep taken = run.Steps[step];
            long cached = taken.CachedTokens ?? 0, written = taken.WrittenTokens ?? 0;
            spent[step + 1] = spent[step] + (double)prices.CostOf(new TokenUsage(taken.PromptTokens - cached - written, cached, written, taken.OutputTokens)).ToUsd();
        }

        return spent;
    }

    [GeneratedRegex(@"\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex TrailingNumber();
}
