using AgentRouter.Configuration;

namespace AgentRouter.Tools.Sandbox;

/// <summary>Chooses the sandbox for this machine.</summary>
public static class ProcessSandbox
{
    /// <summary>Opens the best sandbox that the options allow and this machine has.</summary>
    /// <param name="options">The mode and the limits.</param>
    /// <param name="timeProvider">The clock for time limits.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="ToolException">Bubblewrap is asked for and does not work here.</exception>
    public static async Task<IProcessSandbox> OpenAsync(SandboxOptions options, TimeProvider timeProvider, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return await OpenAsync(options, Programs.Find(BubblewrapSandbox.ProgramName), timeProvider, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens the best sandbox, given where bubblewrap is.</summary>
    internal static async Task<IProcessSandbox> OpenAsync(SandboxOptions options, string? bubblewrap, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (options.Mode == SandboxMode.Plain) return new PlainSandbox(options, timeProvider);

        (BubblewrapSandbox? sandbox, string? reason) = await BubblewrapSandbox.TryOpenAsync(bubblewrap, options, timeProvider, cancellationToken).ConfigureAwait(false);
        if (sandbox is not null) return sandbox;
        if (options.Mode == SandboxMode.Auto) return new PlainSandbox(options, timeProvider, reason);
        throw new ToolException($"Commands may only run in bubblewrap, and {reason}. Install it (apt-get install bubblewrap), or set SandboxOptions.Mode to Auto.");
    }
}
