using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AgentRouter.Cli.Hosting;
using AgentRouter.Configuration;
using AgentRouter.Routing.Policies;
using AgentRouter.Suggestions;

namespace AgentRouter.Cli.CommandLine;

/// <summary>Arguments and options that several commands take with the same meaning.</summary>
internal static class SharedOptions
{
    /// <summary>Makes the argument that names a recorded run.</summary>
    public static Argument<string> Run() => new("RUN") { Description = "The run's id, the beginning of it, or 'last'.", DefaultValueFactory = _ => RunLookup.Last };

    /// <summary>Makes the option that names the folder of the store; <c>--runs</c> is its name of before.</summary>
    public static Option<string?> Store() => new("--store", "--runs")
    {
        HelpName = "FOLDER",
        Description = "Where runs are recorded. By default in the user's data folder.",
    };

    /// <summary>Makes the option that names the account of a command that is no run.</summary>
    public static Option<string?> DrawnAccount() => new("--account") { HelpName = "NAME", Description = "The account of agentrouter.yaml that it draws from. By default as 'account' says." };

    /// <summary>Makes the option that names where such a command records what it spends.</summary>
    public static Option<string?> SpendingRecords() => new("--runs") { HelpName = "FOLDER", Description = "Where what is spent is recorded. By default where runs are." };

    /// <summary>Makes the option that tells what a record survives.</summary>
    public static Option<RunDurability?> Durability()
    {
        string[] words = ["async", "sync"];
        return new Option<RunDurability?>("--durability")
        {
            HelpName = "MODE",
            Description = "What the record survives: async, the end of the process; sync, a power cut too, and each step waits for the disk. By default as 'runs' in agentrouter.yaml says, else async.",
            CustomParser = result =>
            {
                string word = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (words.Contains(word))
                    return word == "sync" ? RunDurability.Sync : RunDurability.Async;
                result.AddError($"--durability is async or sync; '{word}' is neither. {Suggestion.Sentence(word, words)}");
                return null;
            },
        };
    }

    /// <summary>Makes the option that leaves the files of deleted runs where they are.</summary>
    public static Option<bool> KeepFiles() => new("--keep-files") { Description = "Leave the folders of the runs with the files that they worked on." };

    /// <summary>Makes the option that names the configuration.</summary>
    public static Option<string?> Configuration() => new("--config")
    {
        HelpName = "FILE",
        Description = "The configuration with providers and models. By default the nearest agentrouter.yaml upward.",
    };

    /// <summary>Makes the option that limits what is spent.</summary>
    /// <param name="description">What is limited.</param>
    public static Option<decimal?> Budget(string description) => new("--budget") { HelpName = "USD", Description = description, CustomParser = ParseBudget };

    /// <summary>Makes the option that names the policy.</summary>
    /// <param name="instead">What it is named instead of.</param>
    public static Option<string?> Policy(string instead)
    {
        var policy = new Option<string?>("--policy") { HelpName = "NAME", Description = $"Who chooses the model of each call, {instead}: {string.Join(", ", RoutingPolicies.Names)}." };
        policy.Validators.Add(CheckPolicy);
        return policy;
    }

    private static decimal? ParseBudget(ArgumentResult result)
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (decimal.TryParse(text.TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal usd) && usd <= 1_000_000 && usd * 1_000_000_000_000m % 1 == 0)
            return usd;
        result.AddError($"--budget takes an amount in US dollars such as 0.25; '{text}' is none.");
        return null;
    }

    private static void CheckPolicy(OptionResult result)
    {
        string? name = result.GetValueOrDefault<string?>();
        if (name is not null && !RoutingPolicies.Names.Contains(name))
            result.AddError($"There is no policy '{name}'. {Suggestion.Sentence(name, RoutingPolicies.Names)}");
    }
}
