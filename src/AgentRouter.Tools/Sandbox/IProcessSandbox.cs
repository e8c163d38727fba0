namespace AgentRouter.Tools.Sandbox;

/// <summary>Runs commands so that they do as little harm as the system allows. Nothing that a command starts outlives the call.</summary>
public interface IProcessSandbox
{
    /// <summary>Gets what the user must know before commands run in it, or <see langword="null"/> when there is nothing.</summary>
    string? Warning { get; }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Ends the command and all it started.</param>
    /// <returns>What came of it; a command that fails is a result, not an exception.</returns>
    /// <exception cref="ToolException">The command could not be started.</exception>
    Task<SandboxResult> RunAsync(SandboxCommand command, CancellationToken cancellationToken = default);
}
