using System.Diagnostics;

namespace AgentRouter.Tools.Sandbox;

/// <summary>Runs commands as plain processes: the time, memory, process and output limits hold, the environment is cleared and the home
/// folder is a private one, but a command can reach the network and whatever files the user can.</summary>
public sealed class PlainSandbox : IProcessSandbox
{
    private readonly SandboxOptions _options;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes the sandbox.</summary>
    /// <param name="options">The limits; the defaults when not given.</param>
    /// <param name="timeProvider">The clock for time limits; the system's when not given.</param>
    /// <param name="reason">Why there is nothing better, for the warning.</param>
    public PlainSandbox(SandboxOptions? options = null, TimeProvider? timeProvider = null, string? reason = null)
    {
        _options = options ?? new SandboxOptions();
        _options.Validate();
        _timeProvider = timeProvider ?? TimeProvider.System;
        Warning = (reason is null ? "Commands run" : $"{reason}: commands run")
            + " as plain processes. Time, memory and output are limited, but they can reach the network and read your files."
            + (OperatingSystem.IsLinux() ? " Install bubblewrap to confine them." : string.Empty);
    }

    /// <inheritdoc/>
    public string? Warning { get; }

    /// <inheritdoc/>
    public async Task<SandboxResult> RunAsync(SandboxCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        DirectoryInfo home = Directory.CreateTempSubdirectory("agentrouter-");
        try
        {
            string temporary = home.CreateSubdirectory("tmp").FullName;
            var start = new ProcessStartInfo { WorkingDirectory = command.Folder };
            AddArguments(start, Shell.Arguments(command.CommandLine, _options));
            start.Environment.Clear();
            var dotNet = DotNetInstallation.Find(Environment.GetEnvironmentVariable);
            foreach ((string name, string value) in SandboxEnvironment.Make(home.FullName, temporary, dotNet, Environment.GetEnvironmentVariable))
            {
                start.Environment[name] = value;
            }

            return await SandboxProcess.RunAsync(start, command, _options, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Delete(home);
        }
    }

    private static void AddArguments(ProcessStartInfo start, IReadOnlyList<string> arguments)
    {
        // a session of its own: the terminal's Ctrl-C stays ours, and its processes are known by it
        string? setsid = OperatingSystem.IsWindows() ? null : Programs.Find("setsid");
        start.FileName = setsid ?? arguments[0];
        foreach (string argument in setsid is null ? arguments.Skip(1) : arguments) start.ArgumentList.Add(argument);
    }

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // a command may leave folders that not even their owner may list: the system's own cleaning takes them
        }
    }
}
