using AgentRouter.Cli.Commands.Tools.Bench.Domains;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;

namespace AgentRouter.Cli.Commands.Tools.Bench.Systems;

/// <summary>Something that does a domain's work in a world of which it only sees the services.</summary>
internal interface IBenchSystem
{
    /// <summary>Gets its name.</summary>
    string Name { get; }

    /// <summary>Does the work.</summary>
    /// <param name="domain">What the system knows of the work.</param>
    /// <param name="world">The services.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    Task<SystemRun> RunAsync(ScenarioDomain domain, World world, CancellationToken cancellationToken);
}
