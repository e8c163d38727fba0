using System.CommandLine;

namespace AgentRouter.Cli.Commands.Route.Eval;

/// <summary>The options of <c>agentrouter route eval</c>.</summary>
internal sealed class EvalOptions
{
    /// <summary>The routers a table can be asked for, in the order in which it shows them.</summary>
    public static IReadOnlyList<string> Policies { get; } = ["random", "length", "group", "lr", "et", "boundary", "oracle"];

    /// <summary>Tells a policy file from the name of a router.</summary>
    public static bool IsFile(string policy) => policy.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    public Option<string[]> Data { get; } = OutcomeOptions.Data();

    public Option<string[]> Train { get; } = new("--train")
    {
        HelpName = "FILE",
        Description = "Outcome tables to train on; --data is then measured once, without cross-validation.",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<string?> Weak { get; } = OutcomeOptions.Weak();

    public Option<string?> Strong { get; } = OutcomeOptions.Strong();

    public Option<string?> Models { get; } = new("--models") { HelpName = "M,M,…", Description = "Choose among these models; by default among all, when there are more than two." };

    public Option<string[]> Policy { get; } = new("--policy")
    {
        HelpName = "FILE|NAME",
        Description = $"Measure this policy file too; show only these routers: {string.Join(", ", Policies)}.",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<int> Folds { get; } = new("--folds") { HelpName = "N", Description = "The folds of the cross-validation; the default is 5.", DefaultValueFactory = _ => 5 };

    public Option<int> Repeats { get; } = new("--repeats") { HelpName = "N", Description = "Repeat the cross-validation with other folds; the default is 1.", DefaultValueFactory = _ => 1 };

    public Option<bool> UnseenGroups { get; } = new("--unseen-groups") { Description = "Keep groups whole: each is predicted by what never saw it." };

    public Option<double> Quality { get; } = new("--quality")
    {
        HelpName = "SHARE",
        Description = "Count the strong calls that reach this share of always-strong's quality; the default is 1.",
        DefaultValueFactory = _ => 1,
    };

    public Option<int> Seed { get; } = OutcomeOptions.Seed();

    public Option<bool> Json { get; } = OutcomeOptions.Json();

    /// <summary>Gets all options in the order in which the help shows them.</summary>
    public IEnumerable<Option> All => [Data, Train, Weak, Strong, Models, Policy, Folds, Repeats, UnseenGroups, Quality, Seed, Json];
}
