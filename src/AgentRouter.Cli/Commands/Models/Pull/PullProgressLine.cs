using AgentRouter.Cli.Terminals;
using AgentRouter.Onnx.Pulling;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Models.Pull;

/// <summary>Tells a person how far a pull is: one line on standard error that is wiped at the end. Silent when that is no terminal.</summary>
internal sealed class PullProgressLine(IAnsiConsole error) : IProgress<PullProgress>, IDisposable
{
    private readonly bool _isShown = error.Profile.Capabilities.Ansi;
    private int _shown = -1;

    /// <inheritdoc/>
    public void Report(PullProgress value)
    {
        int percent = value.TotalBytes == 0 ? 100 : (int)(value.Bytes * 100 / value.TotalBytes);
        if (!_isShown || percent <= _shown)
            return;
        _shown = percent;
        error.Write(new ControlCode("\r\u001b[K"));
        error.Write($"{Numbers.Percent(percent / 100m)} of {Numbers.Bytes(value.TotalBytes)}  {Untrusted.Line(value.File, 60)}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_shown >= 0)
            error.Write(new ControlCode("\r\u001b[K"));
    }
}
