using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Cli.Hosting;

/// <summary>Finds and reads the configuration.</summary>
internal static class ConfigurationFile
{
    /// <summary>Reads the configuration that is named, else the nearest one at or above a path.</summary>
    /// <param name="context">The world.</param>
    /// <param name="named">The file that was named on the command line, or <see langword="null"/>.</param>
    /// <param name="near">The file or folder whose project is meant.</param>
    /// <returns>The configuration and its warnings, or <see langword="null"/> when there is none.</returns>
    /// <exception cref="UsageException">The named file is not there.</exception>
    /// <exception cref="InvalidFileException">The file is not a configuration.</exception>
    public static LoadResult<RouterConfiguration>? Read(CliContext context, string? named, string near)
    {
        string? path = named is null ? ConfigurationLoader.Find(near) : context.Resolve(named);
        if (path is null)
            return null;
        if (!File.Exists(path))
            throw new UsageException($"There is no configuration {path}. Check the path after --config.");
        string shown = context.Shorten(path);
        LoadResult<RouterConfiguration> result = ConfigurationLoader.Load(path);
        return result.Succeeded ? result : throw new InvalidFileException(shown, result.Diagnostics);
    }
}
