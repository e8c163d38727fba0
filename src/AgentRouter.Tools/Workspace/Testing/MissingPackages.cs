using System.Text.RegularExpressions;

namespace AgentRouter.Tools.Workspace.Testing;

/// <summary>Explains a restore that failed for want of the network.</summary>
internal static partial class MissingPackages
{
    /// <summary>Gets what to do when packages are missing; empty when none are.</summary>
    public static string Hint(string log) => Error().IsMatch(log)
        ? "\n… packages are missing from this machine's cache, and commands have no network: whoever runs this must restore the project once outside (dotnet restore) …"
        : string.Empty;

    // not found, no version found, no stable version, and no source reached
    [GeneratedRegex(@"error NU1(?:101|102|103|301)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Error();
}
