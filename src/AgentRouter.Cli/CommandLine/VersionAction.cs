using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace AgentRouter.Cli.CommandLine;

/// <summary>Tells the version of this program, whoever hosts it.</summary>
internal sealed class VersionAction(TextWriter lines) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        string version = typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        // without the commit that a build may add
        lines.Write(version.Split('+')[0] + "\n");
        return ExitCodes.Succeeded;
    }
}
