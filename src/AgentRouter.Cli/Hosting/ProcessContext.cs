using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;

namespace AgentRouter.Cli.Hosting;

/// <summary>The world of this process.</summary>
internal static class ProcessContext
{
    /// <summary>Reads the world.</summary>
    /// <param name="terminal">Where to write.</param>
    public static CliContext Create(Terminal terminal) => new()
    {
        Terminal = terminal,
        CurrentFolder = Environment.CurrentDirectory,
        DataFolder = DataFolder(),
        Secrets = new SecretSource(),
    };

    // a user without a home folder, as in a bare container, still gets records
    private static string DataFolder()
    {
        string folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(string.IsNullOrEmpty(folder) ? Path.GetTempPath() : folder, "agentrouter");
    }
}
