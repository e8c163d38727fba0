using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;
using AgentRouter.Workflows.Runs.Sqlite;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Cli.Hosting;

/// <summary>Where runs are recorded: the folder that is named, else the one in the configuration, else the user's data folder.</summary>
internal static class RunsFolder
{
    /// <summary>Opens the store in a folder.</summary>
    /// <param name="context">The world.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="durability">What is promised of what is written.</param>
    public static SqliteRunStore Open(CliContext context, string folder, RunDurability durability = RunDurability.Async) =>
        new(new SqliteRunStoreOptions { Folder = folder, Durability = durability, TimeProvider = context.TimeProvider });

    /// <summary>Finds the durability that the configuration of the current folder asks for.</summary>
    public static RunDurability DurabilityHere(CliContext context) => ConfigurationHere(context)?.Runs.Durability ?? RunDurability.Async;

    /// <summary>Finds the folder for looking back: the configuration is that of the current folder. One that is broken does not
    /// keep anybody from reading records.</summary>
    /// <param name="context">The world.</param>
    /// <param name="named">The folder that was named on the command line, or <see langword="null"/>.</param>
    public static string FindHere(CliContext context, string? named) =>
        Find(context, named, named is null ? ConfigurationHere(context) : null);

    /// <summary>Finds the folder; it need not exist.</summary>
    /// <param name="context">The world.</param>
    /// <param name="named">The folder that was named on the command line, or <see langword="null"/>.</param>
    /// <param name="configuration">The configuration, or <see langword="null"/> without one.</param>
    public static string Find(CliContext context, string? named, RouterConfiguration? configuration)
    {
        if (named is not null)
            return context.Resolve(named);
        if (configuration?.Runs.Folder is { } configured)
            return Path.GetFullPath(configured, Path.GetDirectoryName(configuration.SourceFile) ?? context.CurrentFolder);
        return Path.Combine(context.DataFolder, "runs");
    }

    private static RouterConfiguration? ConfigurationHere(CliContext context) =>
        ConfigurationLoader.Find(context.CurrentFolder) is { } file ? ConfigurationLoader.Load(file).Definition : null;
}
