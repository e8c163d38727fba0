using System.Security.Cryptography;

namespace AgentRouter.Tools.Sandbox;

/// <summary>The environment of commands: a short list of what is known to be harmless, and settings that keep .NET offline and leave nothing running.</summary>
internal static class SandboxEnvironment
{
    /// <summary>The variable by which all processes of one call are known.</summary>
    public const string MarkerName = "AGENTROUTER_SANDBOX";

    private const string DefaultPath = "/usr/local/bin:/usr/bin:/bin";

    /// <summary>What programs need of the user's environment on Windows.</summary>
    private static readonly string[] WindowsNames =
        ["SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "ProgramFiles", "ProgramFiles(x86)", "ProgramData", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE"];

    /// <summary>Makes the environment of one call.</summary>
    /// <param name="home">The private home folder, as the command sees it.</param>
    /// <param name="temporary">The private folder for temporary files, as the command sees it.</param>
    /// <param name="dotNet">The .NET installation.</param>
    /// <param name="variable">Reads an environment variable of this process.</param>
    public static Dictionary<string, string> Make(string home, string temporary, DotNetInstallation dotNet, Func<string, string?> variable)
    {
        var environment = new Dictionary<string, string>
        {
            [MarkerName] = RandomNumberGenerator.GetHexString(24, lowercase: true),
            ["PATH"] = SearchPath(dotNet, variable),
            ["HOME"] = home,
            ["TMPDIR"] = temporary,
            ["LANG"] = "C.UTF-8",
            ["TERM"] = "dumb",
            ["NO_COLOR"] = "1",
        };
        if (OperatingSystem.IsWindows()) AddWindows(environment, home, temporary, variable);
        AddDotNet(environment, home, dotNet);
        return environment;
    }

    private static string SearchPath(DotNetInstallation dotNet, Func<string, string?> variable)
    {
        string path = variable("PATH") is { Length: > 0 } set ? set : DefaultPath;
        return dotNet.SdkFolder is null || path.Split(Path.PathSeparator).Contains(dotNet.SdkFolder) ? path : path + Path.PathSeparator + dotNet.SdkFolder;
    }

    private static void AddWindows(Dictionary<string, string> environment, string home, string temporary, Func<string, string?> variable)
    {
        foreach (string name in WindowsNames)
        {
            if (variable(name) is { } value) environment[name] = value;
        }

        environment["USERPROFILE"] = environment["APPDATA"] = environment["LOCALAPPDATA"] = home;
        environment["TEMP"] = environment["TMP"] = temporary;
    }

    private static void AddDotNet(Dictionary<string, string> environment, string home, DotNetInstallation dotNet)
    {
        environment["DOTNET_CLI_HOME"] = home;
        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1";
        environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        environment["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "true";
        environment["DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK"] = "1";
        environment["DOTNET_ADD_GLOBAL_TOOLS_TO_PATH"] = "0";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["MSBUILDTERMINALLOGGER"] = "off";
        if (dotNet.SdkFolder is not null) environment["DOTNET_ROOT"] = dotNet.SdkFolder;

        // nothing stays to serve the next build
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["UseSharedCompilation"] = "false";
        environment["UseRazorBuildServer"] = "false";

        // Packages come from the user's cache, which is never written to: it is the fallback folder, where packages are used in
        // place, and the only source, since a cache has the layout of a feed. MSBuild reads properties from the environment.
        environment["NUGET_PACKAGES"] = Path.Combine(home, ".nuget", "packages");
        environment["NuGetAudit"] = "false";
        environment["NUGET_CERT_REVOCATION_MODE"] = "offline";
        environment["NUGET_XMLDOC_MODE"] = "skip";
        if (dotNet.PackagesFolder is null) return;
        environment["RestoreFallbackFolders"] = dotNet.PackagesFolder;
        environment["RestoreSources"] = dotNet.PackagesFolder;
    }
}
