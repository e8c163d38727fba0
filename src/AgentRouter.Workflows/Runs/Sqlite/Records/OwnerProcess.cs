using System.Diagnostics;
using System.Globalization;

namespace AgentRouter.Workflows.Runs.Sqlite.Records;

/// <summary>Tells processes apart, so that the claim of one that was killed need not be waited for.</summary>
/// <remarks>A process is known by where it runs (on Linux the boot of the machine and the namespace of its number, else the machine's name),
/// its number and its start. Of a process elsewhere nothing can be told but that it is not heard of.</remarks>
internal static class OwnerProcess
{
    private const char Separator = '|';

    private static readonly Lazy<string> Place = new(FindPlace);
    private static readonly Lazy<string> Own = new(() =>
    {
        using var process = Process.GetCurrentProcess();
        return Name(process);
    });

    /// <summary>Gets what this process is known by.</summary>
    public static string Here => Own.Value;

    /// <summary>Tells whether a process is known to have ended.</summary>
    /// <param name="name">What it was known by.</param>
    public static bool HasEnded(string name)
    {
        string[] parts = name.Split(Separator);
        if (parts.Length != 3 || parts[0] != Place.Value || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return false;
        try
        {
            using var process = Process.GetProcessById(number);
            return process.HasExited || Name(process) != name;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // it is there and cannot be looked at, or it ends just now
            return false;
        }
    }

    private static string Name(Process process) =>
        string.Create(CultureInfo.InvariantCulture, $"{Place.Value}{Separator}{process.Id}{Separator}{process.StartTime.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond}");

    private static string FindPlace()
    {
        try
        {
            if (OperatingSystem.IsLinux() && File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false) is { } space)
                return $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()} {space.Name}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // not to be had in this sandbox
        }

        return Environment.MachineName;
    }
}
