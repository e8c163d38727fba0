using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;
using AgentRouter.Workflows.Runs.Sqlite;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Cli.Hosting;

/// <summary>Where runs are recorded: the folder that is named, else the one in the configuration, else the user's data folder.</summary>
internal static class RunsFolder
{
    /// <summary>Opens the store in a folder.</summary>
    public static SqliteRunStore Open(CliContext context, string folder) =>
        new(new SqliteRunStoreOptions { Folder = folder, TimeProvider = context.TimeProvider });

    /// <summary>Finds the folder for looking back: the configuration is that of the current folder. One that is broken does not
    /// keep anybody from reading records.</summary>
    /// <param name="context">The world.</param>
    /// <param name="named">The folder that was named on the command line, or <see langword="null"/>.</param>
    public static string FindHere(CliContext context, string? named) =>
        Find(context, named, named is null && ConfigurationLoader.Find(context.CurrentFolder) is { } file ? ConfigurationLoader.Load(file).Definition : null);

    /// <summary>Finds the folder; it need not exist.</summary>
    /// <param name="context">The world.</param>
    /// <param name="named">The folder that was named on the command line, or <see langword="null"/>.</param>
    /// <param name="configuration">The configuration, or <see langword="null"/> without one.</param>
    public static string Find(CliContext context, string? named, RouterConfiguration? configuration)
    {
        if (named is not null)
            return context.Resolve(named);
        if (configuration?.RunsFolder is { } configured)
            return Path.GetFullPath(configured, Path.GetDirectoryName(configuration.SourceFile) ?? context.CurrentFolder);
        return Path.Combine(context.DataFolder, "runs");
    }
}
