using System.ComponentModel;
using System.Diagnostics;
using AgentRouter.Tools.Text;

namespace AgentRouter.Tools.Sandbox;

/// <summary>One process and all it starts, run to the end under the limits. Every sandbox runs its commands through this.</summary>
internal sealed class SandboxProcess
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);
    private readonly ProcessStartInfo _start;
    private readonly SandboxCommand _command;
    private readonly SandboxOptions _options;
    private readonly TaskCompletionSource<Process> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SandboxProcess(ProcessStartInfo start, SandboxCommand command, SandboxOptions options)
    {
        _start = start;
        _command = command;
        _options = options;
    }

    /// <summary>Runs a process to its end.</summary>
    /// <param name="start">The program, its arguments and its whole environment, <see cref="SandboxEnvironment.MarkerName"/> included.</param>
    /// <param name="command">The limits of this call.</param>
    /// <param name="options">The limits of every call.</param>
    /// <param name="timeProvider">The clock that the time limit is measured with.</param>
    /// <param name="cancellationToken">Ends the process and all it started.</param>
    public static async Task<SandboxResult> RunAsync(
        ProcessStartInfo start, SandboxCommand command, SandboxOptions options, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        return await new SandboxProcess(start, command, options).RunAsync(timeProvider, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SandboxResult> RunAsync(TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        // bubblewrap ends when the thread that started it does, and threads of the pool come and go: so it gets its own
        new Thread(StartAndWait) { IsBackground = true, Name = "sandbox" }.Start();
        using Process process = await _started.Task.ConfigureAwait(false);
        string marker = SandboxEnvironment.MarkerName + "=" + _start.Environment[SandboxEnvironment.MarkerName];
        var tree = new ProcessTree(process.Id, marker);

        var output = new OutputCapture(_command.OutputCharacters);
        Task reading = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, output));
        process.StandardInput.Close();

        SandboxEnd end;
        try
        {
            end = await WaitAsync(process, tree, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await EndAsync(process, tree).ConfigureAwait(false);
            await DrainAsync(process, reading).ConfigureAwait(false);
        }

        int exitCode = end switch
        {
            SandboxEnd.Exited => await _exited.Task.ConfigureAwait(false),
            SandboxEnd.TimedOut => SandboxResult.TimedOutExitCode,
            _ => SandboxResult.KilledExitCode,
        };
        lock (output) return new SandboxResult(exitCode, TerminalText.Clean(output.ToString()), end);
    }

    private void StartAndWait()
    {
        var process = new Process { StartInfo = _start };
        try
        {
            process.Start();
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException)
        {
            process.Dispose();
            _started.SetException(new ToolException($"'{_start.FileName}' could not be started: {exception.Message}", exception));
            return;
        }

        _started.SetResult(process);
        try
        {
            process.WaitForExit();
            _exited.SetResult(process.ExitCode);
        }
        catch (InvalidOperationException)
        {
            // it could not be ended and was let go
            _exited.TrySetResult(SandboxResult.KilledExitCode);
        }
    }

    private async Task<SandboxEnd> WaitAsync(Process process, ProcessTree tree, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_command.Timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        while (true)
        {
            try
            {
                // memory is looked at by the system's clock, whatever clock the run has
                await _exited.Task.WaitAsync(LookInterval, TimeProvider.System, either.Token).ConfigureAwait(false);
                return SandboxEnd.Exited;
            }
            catch (TimeoutException)
            {
                if (Exceeded(process, tree) is { } end) return end;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return SandboxEnd.TimedOut;
            }
        }
    }

    private SandboxEnd? Exceeded(Process process, ProcessTree tree)
    {
        if (!ProcessTree.IsSupported)
        {
            process.Refresh();
            return !process.HasExited && process.WorkingSet64 > _options.MemoryBytes ? SandboxEnd.OutOfMemory : null;
        }

        IReadOnlyList<ProcessEntry> members = tree.Find();
        if (members.Sum(member => member.ResidentBytes) > _options.MemoryBytes) return SandboxEnd.OutOfMemory;
        return members.Count > _options.Processes ? SandboxEnd.TooManyProcesses : null;
    }

    private async Task EndAsync(Process process, ProcessTree tree)
    {
        try
        {
            // .NET looks at every process for each that it kills; on Linux the tree does it in one look
            process.Kill(entireProcessTree: !ProcessTree.IsSupported);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // it has ended already; what it left behind is looked for next
        }

        if (ProcessTree.IsSupported) await tree.KillAsync().ConfigureAwait(false);
        try
        {
            await _exited.Task.WaitAsync(DrainTime, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // stuck in the kernel: it holds no lock of ours, and the result says that it was killed
        }
    }

    private static async Task DrainAsync(Process process, Task reading)
    {
        try
        {
            await reading.WaitAsync(DrainTime, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // someone still holds the pipe
            process.StandardOutput.Close();
            process.StandardError.Close();
        }
    }

    private static async Task ReadAsync(StreamReader reader, OutputCapture output)
    {
        char[] buffer = new char[4096];
        try
        {
            int read;
            while ((read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                lock (output) output.Append(buffer.AsSpan(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // the pipe was closed under us: what came until then is kept
        }
    }
}
