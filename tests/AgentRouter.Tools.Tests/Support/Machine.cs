using System.Diagnostics;
using AgentRouter.Configuration;
using AgentRouter.Tools.Sandbox;

namespace AgentRouter.Tools.Tests.Support;

/// <summary>What this machine lets tests do.</summary>
public static class Machine
{
    /// <summary>The reason why bubblewrap cannot be tested here, or null.</summary>
    public static string? WithoutBubblewrap { get; } = Task.Run(async () => (await BubblewrapSandbox.TryOpenAsync()).Reason).GetAwaiter().GetResult();

    public static void Command(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }

    /// <summary>The command lines of running processes that hold a text.</summary>
    public static IReadOnlyList<string> ProcessesWith(string text)
    {
        var found = new List<string>();
        foreach (string folder in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                string line = File.ReadAllText(Path.Combine(folder, "cmdline"));
                if (line.Contains(text, StringComparison.Ordinal)) found.Add(line.Replace('\0', ' '));
            }
            catch (IOException)
            {
                // it has ended
            }
        }

        return found;
    }
}

/// <summary>Runs where there is Linux.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "for Linux only";
}

/// <summary>Runs where there is Linux.</summary>
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : "for Linux only";
}

/// <summary>Runs where bubblewrap works.</summary>
public sealed class BubblewrapFactAttribute : FactAttribute
{
    public BubblewrapFactAttribute() => Skip = Machine.WithoutBubblewrap;
}

/// <summary>Runs with both sandboxes: one row is skipped, with the reason, where bubblewrap does not work.</summary>
public sealed class EverySandboxAttribute : Xunit.Sdk.DataAttribute
{
    public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod)
    {
        yield return [SandboxMode.Plain];
        if (Machine.WithoutBubblewrap is null) yield return [SandboxMode.Bubblewrap];
    }
}
