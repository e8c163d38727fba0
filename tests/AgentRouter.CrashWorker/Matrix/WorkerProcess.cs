using System.Diagnostics;
using AgentRouter.CrashWorker.Work;

namespace AgentRouter.CrashWorker.Matrix;

/// <summary>Starts worker processes.</summary>
public static class WorkerProcess
{
    private const int KilledBySignal = 137;

    /// <summary>Lets a new process do jobs.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <returns>Whether it was killed.</returns>
    /// <exception cref="InvalidOperationException">It ended otherwise than by its end or a kill; says what it wrote.</exception>
    public static async Task<bool> RunAsync(IEnumerable<CrashJob> jobs, CancellationToken cancellationToken = default)
    {
        using Process process = Start(jobs);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken), error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode is 0 or KilledBySignal
                ? process.ExitCode == KilledBySignal
                : throw new InvalidOperationException($"A worker ended with code {process.ExitCode}: {await output}{await error}");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Starts a process that does jobs.</summary>
    public static Process Start(IEnumerable<CrashJob> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(typeof(CrashJob).Assembly.Location);
        foreach (CrashJob job in jobs)
            start.ArgumentList.Add(job.ToString());
        return Process.Start(start)!;
    }
}
