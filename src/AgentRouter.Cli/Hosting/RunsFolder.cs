using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;

namespace AgentRouter.Cli.Hosting;

/// <summary>Where runs are recorded: the folder that is named, else the one in the configuration, else the user's data folder.</summary>
internal static class RunsFolder
{
    /// <summary>Finds the folder; it need not exist.</summary>
    /// <param name="context">The world.</param>
    /// <param name="named">The folder that was named on the command line, or <see langword="null"/>.</param>
    /// <param name="configuration">The configuration, or <see langword="null"/> without one.</param>
    public static string Find(CliContext context, string? named, RouterConfiguration? configuration = null)
    {
        if (named is not null)
            return context.Resolve(named);
        if (configuration?.RunsFolder is { } configured)
            return Path.GetFullPath(configured, Path.GetDirectoryName(configuration.SourceFile) ?? context.CurrentFolder);
        return Path.Combine(context.DataFolder, "runs");
    }
}
