using AgentRouter.Tools.Sandbox;

namespace AgentRouter.Tools.Workspace;

/// <summary>What the workspace tools may do.</summary>
public sealed class WorkspaceToolOptions
{
    /// <summary>Gets how commands are confined, and their limits.</summary>
    public SandboxOptions Sandbox { get; } = new();

    /// <summary>Gets or sets a sandbox of your own for commands; <see langword="null"/> chooses by <see cref="Sandbox"/>. You own it.</summary>
    public IProcessSandbox? CustomSandbox { get; set; }

    /// <summary>Gets or sets the command that <c>workspace.test</c> runs; <see langword="null"/> tells it from the files in the workspace.</summary>
    public string? TestCommand { get; set; }

    /// <summary>Gets or sets the time after which <c>workspace.run</c> ends a command that asks for no other; the default is one minute.</summary>
    public TimeSpan RunTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets the time after which <c>workspace.test</c> ends the tests; the default is five minutes.</summary>
    public TimeSpan TestTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the longest time that a call may ask for, from one second; the default is ten minutes.</summary>
    public TimeSpan MaxTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets the most characters of text that a call returns, from 200; the default is 20,000.</summary>
    public int OutputCharacters { get; set; } = 20_000;

    /// <summary>Gets or sets the largest file that is read or written, in bytes, from 1; the default is 5 MiB.</summary>
    public long FileBytes { get; set; } = 5L << 20;

    /// <summary>Gets the hosts that <c>workspace.httpGet</c> may ask: <c>example.com</c>, <c>example.com:8080</c>, or <c>*.example.com</c> for
    /// all below it. Empty by default: then it refuses.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Gets or sets a value indicating whether allowed hosts may have addresses of this machine or the local network.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Throws when a value is out of its range.</summary>
    internal void Validate()
    {
        Sandbox.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTimeout, TimeSpan.FromSeconds(1), "WorkspaceToolOptions.MaxTimeout");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RunTimeout, TimeSpan.Zero, "WorkspaceToolOptions.RunTimeout");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TestTimeout, TimeSpan.Zero, "WorkspaceToolOptions.TestTimeout");
        ArgumentOutOfRangeException.ThrowIfLessThan(OutputCharacters, 200, "WorkspaceToolOptions.OutputCharacters");
        ArgumentOutOfRangeException.ThrowIfLessThan(FileBytes, 1, "WorkspaceToolOptions.FileBytes");
    }
}
