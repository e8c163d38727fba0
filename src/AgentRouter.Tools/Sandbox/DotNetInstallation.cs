namespace AgentRouter.Tools.Sandbox;

/// <summary>Where this machine's .NET SDK and its package cache are: what <c>dotnet test</c> needs of the user's files.</summary>
/// <param name="SdkFolder">The folder with the <c>dotnet</c> program, or <see langword="null"/> when none was found.</param>
/// <param name="PackagesFolder">The folder of downloaded packages, or <see langword="null"/> when there is none.</param>
internal sealed record DotNetInstallation(string? SdkFolder, string? PackagesFolder)
{
    /// <summary>What of the SDK's folder is the SDK: in a home folder it also holds keys and settings.</summary>
    public static readonly IReadOnlyList<string> SdkParts =
        ["dotnet", "sdk", "shared", "host", "packs", "sdk-manifests", "templates", "library-packs", "metadata", "swidtag"];

    /// <summary>Looks for the installation.</summary>
    /// <param name="variable">Reads an environment variable of this process.</param>
    public static DotNetInstallation Find(Func<string, string?> variable)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string packages = variable("NUGET_PACKAGES") is { Length: > 0 } set ? Path.GetFullPath(set) : Path.Combine(home, ".nuget", "packages");
        return new DotNetInstallation(FindSdk(variable), Directory.Exists(packages) ? packages : null);
    }

    private static string? FindSdk(Func<string, string?> variable)
    {
        string program = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        IEnumerable<string?> folders =
        [
            .. (variable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
            variable("DOTNET_ROOT"),
            Path.GetFileName(Environment.ProcessPath) == program ? Path.GetDirectoryName(Environment.ProcessPath) : null,
        ];
        foreach (string? folder in folders)
        {
            if (string.IsNullOrEmpty(folder) || !Path.IsPathFullyQualified(folder)) continue;
            var file = new FileInfo(Path.Combine(folder, program));
            if (!file.Exists) continue;
            string real = file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
            string root = Path.GetDirectoryName(real)!;
            if (Directory.Exists(Path.Combine(root, "sdk"))) return root;
        }

        return null;
    }
}
