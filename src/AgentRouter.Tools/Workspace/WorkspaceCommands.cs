using AgentRouter.Tools.Sandbox;
using AgentRouter.Tools.Workspace.Files;

namespace AgentRouter.Tools.Workspace;

/// <summary>Runs commands of a run in its sandbox, which is opened for the first of them.</summary>
internal sealed class WorkspaceCommands(WorkspaceRoot root, WorkspaceToolOptions options, ToolContext context) : IDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private IProcessSandbox? _sandbox;

    /// <summary>Runs a command.</summary>
    /// <param name="commandLine">The command line.</param>
    /// <param name="timeoutSeconds">The time that the caller asks for.</param>
    /// <param name="defaultTimeout">The time when the caller asks for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SandboxResult> RunAsync(string commandLine, int? timeoutSeconds, TimeSpan defaultTimeout, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(commandLine)) throw new ToolException("command is empty.");
        if (commandLine.Contains('\0', StringComparison.Ordinal)) throw new ToolException("command holds a NUL character.");
        int most = (int)options.MaxTimeout.TotalSeconds;
        if (timeoutSeconds < 1 || timeoutSeconds > most) throw new ToolException($"timeoutSeconds must be from 1 to {most}.");

        IProcessSandbox sandbox = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var command = new SandboxCommand
        {
            CommandLine = commandLine,
            Folder = root.Real,
            Timeout = timeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : defaultTimeout,
            OutputCharacters = options.OutputCharacters,
        };
        SandboxResult result = await sandbox.RunAsync(command, cancellationToken).ConfigureAwait(false);
        return result with { Output = result.Output + EndNote(result.End, command) };
    }

    /// <inheritdoc/>
    public void Dispose() => _opening.Dispose();

    private string EndNote(SandboxEnd end, SandboxCommand command) => end switch
    {
        SandboxEnd.TimedOut => $"\n… ended: it ran longer than {command.Timeout.TotalSeconds:0.#} seconds …",
        SandboxEnd.OutOfMemory => $"\n… ended: it used more than {options.Sandbox.MemoryBytes >> 20} MiB of memory …",
        SandboxEnd.TooManyProcesses => $"\n… ended: it started more than {options.Sandbox.Processes} processes …",
        _ => string.Empty,
    };

    private async Task<IProcessSandbox> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_sandbox is not null) return _sandbox;
            _sandbox = options.CustomSandbox ?? await ProcessSandbox.OpenAsync(options.Sandbox, context.TimeProvider, cancellationToken).ConfigureAwait(false);
            if (_sandbox.Warning is { } warning) context.Warn?.Invoke(warning);
            return _sandbox;
        }
        finally
        {
            _opening.Release();
        }
    }
}
