using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;

namespace AgentRouter.Cli.Hosting;

/// <summary>Where memories are kept and how evidence is put in order, as the command line and the nearest configuration at or above the current folder say.</summary>
/// <param name="Folder">The folder that is named, else the one in the configuration, else <c>memory</c> in the project's folder; it need not exist.</param>
/// <param name="Weights">The file of weights, or <see langword="null"/> for those that are set by hand.</param>
internal sealed record MemoryPlace(string Folder, string? Weights)
{
    private const string Name = "memory";

    /// <summary>Finds the place.</summary>
    /// <param name="context">The world.</param>
    /// <param name="named">The folder that was named on the command line, or <see langword="null"/>.</param>
    /// <exception cref="InvalidFileException">The configuration is wrong, and no folder was named.</exception>
    public static MemoryPlace Find(CliContext context, string? named)
    {
        if (named is not null)
            return new MemoryPlace(context.Resolve(named), null);
        RouterConfiguration? configuration = ConfigurationFile.Read(context, named: null, context.CurrentFolder)?.Definition;
        return new MemoryPlace(
            configuration?.Memory.Folder ?? Path.Combine(Path.GetDirectoryName(configuration?.SourceFile) ?? context.CurrentFolder, Name), configuration?.Memory.Weights);
    }
}
