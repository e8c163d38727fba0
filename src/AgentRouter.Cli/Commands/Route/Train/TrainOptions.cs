using System.CommandLine;
using System.Globalization;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using AgentRouter.Pricing;
using AgentRouter.Routing.Policies.Bandit;
using AgentRouter.Routing.Policies.Boundary;
using AgentRouter.Routing.Policies.Capability;
using AgentRouter.Routing.Policies.Cascade;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary>The options of <c>agentrouter route train</c>.</summary>
internal sealed class TrainOptions
{
    public TrainOptions()
    {
        Policy.AcceptOnlyFromAmong([.. Own.Keys]);
        Classes.AcceptOnlyFromAmong("auto", "groups", "risk");
    }

    // the options that are not for all policies
    private Dictionary<string, Option[]> Own => new()
    {
        [BoundaryDefaults.Name] = [Verified, Classes, Stages, Calls, Description],
        [CapabilityDefaults.Name] = [Configuration, Description],
        [BanditDefaults.Name] = [SuccessValue],
        [CascadeDefaults.Name] = [],
    };

    public Option<string[]> From { get; } = new("--from") { HelpName = "PATH", Description = "An outcome table, or a folder of recorded runs; several are put together.", Required = true, AllowMultipleArgumentsPerToken = true };

    public Option<string> Policy { get; } = new("--policy") { HelpName = "NAME", Description = $"What to train: {BoundaryDefaults.Name}, the default, {CapabilityDefaults.Name}, {BanditDefaults.Name} or {CascadeDefaults.Name}.", DefaultValueFactory = _ => BoundaryDefaults.Name };

    public Option<string[]> Ladder { get; } = new("--ladder") { HelpName = "M,M,…", Description = "The models, the cheapest first; by default all of the table, for boundary when there are two or three.", DefaultValueFactory = _ => [] };

    public Option<string[]> Cost { get; } = new("--cost") { HelpName = "MODEL=USD", Description = "What a row costs with a model where the table does not say.", DefaultValueFactory = _ => [] };

    public Option<string?> Configuration { get; } = new("--config") { HelpName = "FILE", Description = "For capability: the configuration with the models' strengths. By default the nearest agentrouter.yaml upward." };

    public Option<bool?> Verified { get; } = new("--verified") { HelpName = "true|false", Description = "For boundary: whether a wrong step is seen before the task goes on; by default the rows say it." };

    public Option<string> Classes { get; } = new("--classes") { HelpName = "auto|groups|risk", Description = "For boundary: how steps are told apart: by their groups, such as nodes, or by bands of risk predicted from their text.", DefaultValueFactory = _ => "auto" };

    public Option<string?> Stages { get; } = new("--stages") { HelpName = "STAGE=ROLE,…", Description = "For boundary: make a prior by roles from a table of runs in stages instead: docs/benchmarks.md shows one." };

    public Option<double> Calls { get; } = new("--calls") { HelpName = "N", Description = "With --stages: the LLM calls a visit of a node is taken to make; the default is 5.", DefaultValueFactory = _ => 5 };

    public Option<string?> Output { get; } = new("--out") { HelpName = "FILE", Description = "The file that is written; the default is policy.json, for policies that learn on while they run the state NAME.json." };

    public Option<decimal> SuccessValue { get; } = OutcomeOptions.SuccessValue(BanditDefaults.SuccessValueUsd);

    public Option<int> Folds { get; } = OutcomeOptions.Count("--folds", "The parts of the cross-validation, from 2", otherwise: 5, least: 2, most: 100);

    public Option<string> Description { get; } = new("--description") { HelpName = "TEXT", Description = "What the policy is for; it is written into the file.", DefaultValueFactory = _ => "" };

    public Option<bool> Force { get; } = new("--force") { Description = "Save the policy even where it does not beat its baselines." };

    public Option<int> Seed { get; } = OutcomeOptions.Seed();

    public Option<bool> Json { get; } = OutcomeOptions.Json();

    /// <summary>Gets all options in the order in which the help shows them.</summary>
    public IEnumerable<Option> All => [From, Policy, Ladder, Cost, Configuration, Verified, Classes, Stages, Calls, SuccessValue, Output, Folds, Seed, Description, Force, Json];

    /// <summary>Refuses options of another policy.</summary>
    /// <exception cref="UsageException">One was given.</exception>
    public void Check(ParseResult result)
    {
        string policy = result.GetRequiredValue(Policy);
        IEnumerable<Option> others = Own.Values.SelectMany(options => options).Except(Own[policy]);
        if (others.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } wrong)
            throw new UsageException($"{wrong.Name} is not for --policy {policy}.");
    }

    /// <summary>Gets the file that is written.</summary>
    public string File(ParseResult result) => result.GetValue(Output)
        ?? (result.GetRequiredValue(Policy) is BanditDefaults.Name or CascadeDefaults.Name ? result.GetRequiredValue(Policy) + ".json" : "policy.json");

    /// <summary>Refuses a file that cannot be written or holds something else, before anything is trained.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public void CheckOutput(CliContext context, ParseResult result)
    {
        string path = File(result), policy = result.GetRequiredValue(Policy);
        string file = OutputFile.Check(context, path, result.GetRequiredValue(From));
        OutputFile.RequireFormat(file, path, policy is BanditDefaults.Name or CascadeDefaults.Name ? $"agentrouter.{policy}" : PolicyFile.FormatName);
    }

    /// <summary>Reads the models of the ladder.</summary>
    public string[] Models(ParseResult result) =>
        [.. result.GetRequiredValue(Ladder).SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>Reads the costs by model.</summary>
    /// <exception cref="UsageException">One is not an amount.</exception>
    public Dictionary<string, Money> Costs(ParseResult result)
    {
        var costs = new Dictionary<string, Money>();
        foreach (string pair in result.GetRequiredValue(Cost))
        {
            int at = pair.LastIndexOf('=');
            if (at <= 0 || !decimal.TryParse(pair.AsSpan(at + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal usd) || usd > 1_000_000)
                throw new UsageException($"--cost takes MODEL=USD, such as gpt-5=0.02; '{Untrusted.Line(pair, 60)}' is none.");
            costs[pair[..at]] = Money.FromUsd(decimal.Round(usd, 12));
        }

        return costs;
    }

    /// <summary>Reads the role of each stage.</summary>
    /// <exception cref="UsageException">A part is not a stage and its role.</exception>
    public static Dictionary<string, string> Roles(string text)
    {
        var roles = new Dictionary<string, string>();
        foreach (string pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == pair.Length - 1)
                throw new UsageException($"--stages takes STAGE=ROLE, such as build=executor; '{Untrusted.Line(pair, 60)}' is none.");
            roles[pair[..at]] = pair[(at + 1)..];
        }

        return roles;
    }
}
