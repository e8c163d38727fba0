using System.Globalization;

namespace AgentRouter.Tools.Sandbox;

/// <summary>What bubblewrap is told: which parts of the machine a command sees.</summary>
internal static class BubblewrapArguments
{
    /// <summary>The command's home folder.</summary>
    public const string Home = "/tmp-home";

    /// <summary>The command's folder for temporary files.</summary>
    public const string Temporary = "/tmp";

    /// <summary>The size of folders held in memory. The memory limit counts processes, so these need their own.</summary>
    private const long MemoryFolderBytes = 1L << 30;

    private const long SharedMemoryBytes = 64L << 20;

    private static readonly string[] SystemFolders = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix/store"];

    /// <summary>Files of the system that only administrators may read: a command must not, even when we are one.</summary>
    private static readonly string[] SecretFiles = ["/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-", "/etc/sudoers", "/etc/krb5.keytab"];

    private static readonly string[] SecretFolders = ["/etc/ssh", "/etc/ssl/private", "/etc/sudoers.d", "/etc/docker", "/etc/kubernetes", "/etc/NetworkManager", "/etc/wireguard"];

    /// <summary>Files by which a repository makes git run programs later, outside.</summary>
    private static readonly string[] GitPrograms = [".git/hooks", ".git/config"];

    /// <summary>Makes the arguments that come before the command.</summary>
    public static IEnumerable<string> Make(string folder, DotNetInstallation dotNet, SandboxOptions options)
    {
        string[] isolation = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "sandbox"];
        string[] own =
        [
            "--dev", "/dev", "--proc", "/proc",
            .. Memory(Temporary, MemoryFolderBytes), .. Memory(Home, MemoryFolderBytes), .. Memory("/dev/shm", SharedMemoryBytes),
        ];
        string[] workspace = ["--bind", folder, folder, .. GitPrograms.SelectMany(path => ReadOnlyIfThere(Path.Combine(folder, path)))];
        string[] end = ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", folder, "--"];
        return [.. isolation, .. System().SelectMany(part => part), .. own, .. DotNet(dotNet).SelectMany(part => part), .. options.ReadOnlyFolders.SelectMany(ReadOnlyIfThere), .. workspace, .. end];
    }

    private static IEnumerable<string[]> System()
    {
        foreach (string folder in SystemFolders)
        {
            var info = new DirectoryInfo(folder);
            // /bin is often a link to /usr/bin
            if (info.LinkTarget is { } target) yield return ["--symlink", target, folder];
            else if (info.Exists) yield return ["--ro-bind", folder, folder];
        }

        foreach (string file in SecretFiles.Where(File.Exists)) yield return ["--ro-bind", "/dev/null", file];
        foreach (string folder in SecretFolders.Where(Directory.Exists)) yield return ["--tmpfs", folder];
    }

    private static IEnumerable<string[]> DotNet(DotNetInstallation dotNet)
    {
        if (dotNet.SdkFolder is { } sdk && !SystemFolders.Any(folder => sdk.StartsWith(folder + "/", StringComparison.Ordinal)))
        {
            foreach (string part in DotNetInstallation.SdkParts) yield return ReadOnlyIfThere(Path.Combine(sdk, part));
        }

        if (dotNet.PackagesFolder is { } packages) yield return ReadOnlyIfThere(packages);
    }

    private static string[] ReadOnlyIfThere(string path) => ["--ro-bind-try", path, path];

    private static string[] Memory(string folder, long bytes) => ["--size", bytes.ToString(CultureInfo.InvariantCulture), "--tmpfs", folder];
}
