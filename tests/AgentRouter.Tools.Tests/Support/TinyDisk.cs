using System.Diagnostics;

namespace AgentRouter.Tools.Tests.Support;

/// <summary>A disk of 64 KiB in memory; only an administrator may mount one.</summary>
public sealed class TinyDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinyDisk()
    {
        if (!Mount(_folder.Path)) throw new InvalidOperationException("The disk could not be mounted.");
    }

    public string Path => _folder.Path;

    public static bool IsPossible { get; } = Try();

    public void Dispose()
    {
        Run("umount", _folder.Path);
        _folder.Dispose();
    }

    private static bool Try()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return false;
        using var folder = new TemporaryFolder();
        return Mount(folder.Path) && Run("umount", folder.Path);
    }

    private static bool Mount(string path) => Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path);

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>Runs where a tiny disk can be mounted.</summary>
public sealed class TinyDiskFactAttribute : FactAttribute
{
    public TinyDiskFactAttribute() => Skip = TinyDisk.IsPossible ? null : "a disk to fill can only be mounted by an administrator";
}
