using AgentRouter.Configuration;

namespace AgentRouter.Tools.Sandbox;

/// <summary>What commands in the sandbox may use.</summary>
public sealed class SandboxOptions
{
    /// <summary>Gets or sets how commands are confined.</summary>
    public SandboxMode Mode { get; set; } = SandboxMode.Auto;

    /// <summary>Gets or sets the most memory that a command and all it starts may use together, in bytes; at least 64 MiB. The default is 4 GiB,
    /// which a build of a large solution fits in.</summary>
    public long MemoryBytes { get; set; } = 4L << 30;

    /// <summary>Gets or sets the most processes that may run at once, from 1; the default is 512.</summary>
    public int Processes { get; set; } = 512;

    /// <summary>Gets or sets the largest file that a command may write, in bytes; at least 1 MiB. The default is 2 GiB.</summary>
    public long FileBytes { get; set; } = 2L << 30;

    /// <summary>Gets the folders that commands may read besides the system's: a tool chain in the user's home, for example.</summary>
    public IList<string> ReadOnlyFolders { get; } = [];

    /// <summary>Throws when a value is out of its range.</summary>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MemoryBytes, 64L << 20, "SandboxOptions.MemoryBytes");
        ArgumentOutOfRangeException.ThrowIfLessThan(Processes, 1, "SandboxOptions.Processes");
        ArgumentOutOfRangeException.ThrowIfLessThan(FileBytes, 1L << 20, "SandboxOptions.FileBytes");
        foreach (string folder in ReadOnlyFolders)
        {
            if (!Path.IsPathFullyQualified(folder)) throw new ArgumentException($"SandboxOptions.ReadOnlyFolders: '{folder}' is not an absolute path.");
        }
    }
}
