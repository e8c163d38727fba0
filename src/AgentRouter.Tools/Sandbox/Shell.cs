using System.Globalization;

namespace AgentRouter.Tools.Sandbox;

/// <summary>The system's shell.</summary>
internal static class Shell
{
    // The limits of the shell itself are set first; then it becomes the shell that runs the command. Both outputs go into one pipe,
    // so that they stay in order. $0 is the file limit in blocks of 512 bytes (POSIX); $1 the shell; $2 the command.
    private const string Wrapper = "ulimit -c 0 2>/dev/null; ulimit -f \"$0\" 2>/dev/null; exec \"$1\" -c \"$2\" 2>&1";
    private const int BlockBytes = 512;

    /// <summary>Makes the arguments, program first, that run a command line.</summary>
    public static IReadOnlyList<string> Arguments(string commandLine, SandboxOptions options)
    {
        if (OperatingSystem.IsWindows()) return [Environment.GetEnvironmentVariable("ComSpec") ?? "cmd.exe", "/d", "/s", "/c", commandLine + " 2>&1"];
        string shell = File.Exists("/bin/bash") ? "/bin/bash" : "/bin/sh";
        string blocks = (options.FileBytes / BlockBytes).ToString(CultureInfo.InvariantCulture);
        return ["/bin/sh", "-c", Wrapper, blocks, shell, commandLine];
    }
}
