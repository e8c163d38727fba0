using System.Diagnostics;

namespace AgentRouter.Tools.Sandbox;

/// <summary>Runs commands in bubblewrap: no network, a read-only system, a private home and temporary folder, and one folder that they may write to.</summary>
/// <remarks>Home folders, other projects and the machine's secrets are not there. What a command starts ends with it, since its processes
/// live in a process namespace that ends with its first.</remarks>
public sealed class BubblewrapSandbox : IProcessSandbox
{
    /// <summary>The name of bubblewrap's program.</summary>
    internal const string ProgramName = "bwrap";

    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(5);
    private readonly string _program;
    private readonly SandboxOptions _options;
    private readonly TimeProvider _timeProvider;

    private BubblewrapSandbox(string program, SandboxOptions options, TimeProvider timeProvider)
    {
        _program = program;
        _options = options;
        _timeProvider = timeProvider;
    }

    /// <inheritdoc/>
    public string? Warning => null;

    /// <summary>Opens the sandbox, when bubblewrap is installed and this machine lets it work: nested containers often do not.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="timeProvider">The clock for time limits.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>The sandbox, or <see langword="null"/> and the reason.</returns>
    public static Task<(BubblewrapSandbox? Sandbox, string? Reason)> TryOpenAsync(
        SandboxOptions? options = null, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default) =>
        TryOpenAsync(Programs.Find(ProgramName), options ?? new SandboxOptions(), timeProvider ?? TimeProvider.System, cancellationToken);

    /// <summary>Opens the sandbox, given where its program is.</summary>
    internal static async Task<(BubblewrapSandbox? Sandbox, string? Reason)> TryOpenAsync(
        string? program, SandboxOptions options, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        options.Validate();
        if (!OperatingSystem.IsLinux()) return (null, "bubblewrap is for Linux only");
        if (program is null) return (null, "bubblewrap is not installed");

        DirectoryInfo folder = Directory.CreateTempSubdirectory("agentrouter-");
        try
        {
            // the same arguments as every later call, so that what works now works then; by the system's clock, since it asks the system
            var probe = new SandboxCommand { CommandLine = "echo ready", Folder = folder.FullName, Timeout = ProbeTime };
            SandboxResult result = await new BubblewrapSandbox(program, options, TimeProvider.System).RunAsync(probe, cancellationToken).ConfigureAwait(false);
            return result.ExitCode == 0 && result.Output.Trim() == "ready"
                ? (new BubblewrapSandbox(program, options, timeProvider), null)
                : (null, $"bubblewrap does not work here ({FirstLine(result)})");
        }
        catch (ToolException exception)
        {
            return (null, $"bubblewrap does not work here ({exception.Message})");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <inheritdoc/>
    public async Task<SandboxResult> RunAsync(SandboxCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var dotNet = DotNetInstallation.Find(Environment.GetEnvironmentVariable);
        var start = new ProcessStartInfo { FileName = _program, WorkingDirectory = command.Folder };
        foreach (string argument in BubblewrapArguments.Make(command.Folder, dotNet, _options)) start.ArgumentList.Add(argument);
        foreach (string argument in Shell.Arguments(command.CommandLine, _options)) start.ArgumentList.Add(argument);

        start.Environment.Clear();
        var environment = SandboxEnvironment.Make(BubblewrapArguments.Home, BubblewrapArguments.Temporary, dotNet, Environment.GetEnvironmentVariable);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return await SandboxProcess.RunAsync(start, command, _options, _timeProvider, cancellationToken).ConfigureAwait(false);
    }

    private static string FirstLine(SandboxResult result)
    {
        string line = result.Output.Split('\n', 2)[0].Trim();
        return line.Length > 0 ? line : $"it ended with {result.ExitCode}";
    }
}
