using System.CommandLine;
using AgentRouter.Cli.CommandLine;

namespace AgentRouter.Cli.Commands.Route;

/// <summary>Options that the route commands take with the same meaning.</summary>
internal static class OutcomeOptions
{
    /// <summary>The seed where none is named; any other is as good.</summary>
    public const int DefaultSeed = 42;

    /// <summary>Makes the option that names the outcome tables.</summary>
    public static Option<string[]> Data() => new("--data")
    {
        HelpName = "FILE",
        Description = "An outcome table: JSON Lines, plain or .gz; several are put together. docs/outcomes.md gives the format.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Makes the option that names the cheap model of a pair.</summary>
    public static Option<string?> Weak() => new("--weak") { HelpName = "MODEL", Description = "The weak model of the pair; by default the cheapest, or where costs are not known the one with the lowest score." };

    /// <summary>Makes the option that names the dear model of a pair.</summary>
    public static Option<string?> Strong() => new("--strong") { HelpName = "MODEL", Description = "The strong model of the pair; by default the one with the highest score." };

    /// <summary>Makes the option that sets the seed.</summary>
    public static Option<int> Seed() => new("--seed") { HelpName = "N", Description = $"The seed of everything random; the default is {DefaultSeed}.", DefaultValueFactory = _ => DefaultSeed };

    /// <summary>Makes the option that asks for JSON.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print the figures as JSON, for programs." };

    /// <summary>Makes an option that is a whole number within bounds.</summary>
    public static Option<int> Count(string name, string description, int otherwise, int least, int most)
    {
        var option = new Option<int>(name) { HelpName = "N", Description = $"{description}; the default is {otherwise}.", DefaultValueFactory = _ => otherwise };
        option.Require(number => number >= least && number <= most, $"{name} is a whole number from {least} to {most}.");
        return option;
    }

    /// <summary>Makes the option that says what a success is worth.</summary>
    public static Option<decimal> SuccessValue(decimal otherwise)
    {
        var option = new Option<decimal>("--success-value") { HelpName = "USD", Description = $"What a success is worth in dollars: a cost of a tenth of it outweighs a tenth of a success; the default is {otherwise}.", DefaultValueFactory = _ => otherwise };
        option.Require(value => value > 0, "--success-value is an amount of dollars above 0.");
        return option;
    }
}
