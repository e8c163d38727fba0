using AgentRouter.Cli.Terminals;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Import;

/// <summary>Tells a person how far an import is: one line on standard error that is wiped at the end. Silent when that is no terminal, and for a single file.</summary>
internal sealed class ImportProgress(IAnsiConsole error, int files) : IDisposable
{
    private readonly bool _isShown = error.Profile.Capabilities.Ansi && files > 1;
    private readonly Lock _writing = new();
    private int _done;
    private int _shown = -1;

    /// <summary>Counts a file. Thread-safe.</summary>
    public void Step()
    {
        lock (_writing)
        {
            int percent = (int)(100L * ++_done / files);
            if (!_isShown || percent == _shown)
                return;
            _shown = percent;
            error.Write(new ControlCode("\r\u001b[K"));
            error.Write($"imported {Numbers.Count(_done)} of {Numbers.Of(files, "file")}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_shown >= 0)
            error.Write(new ControlCode("\r\u001b[K"));
    }
}
