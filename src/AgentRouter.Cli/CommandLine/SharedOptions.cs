using System.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Configuration;
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
}
