using System.Globalization;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Eval;

/// <summary>Tells a person how far the measuring is: one line on standard error that is wiped at the end. Silent when that is no terminal.</summary>
internal sealed class EvalProgress(IAnsiConsole error) : IProgress<double>, IDisposable
{
    private readonly bool _isShown = error.Profile.Capabilities.Ansi;
    private int _shown = -1;

    /// <inheritdoc/>
    public void Report(double value)
    {
        int percent = (int)(value * 100);
        if (!_isShown || percent <= _shown)
            return;
        _shown = percent;
        error.Write(new ControlCode("\r\u001b[K"));
        error.Write("asking " + percent.ToString(CultureInfo.InvariantCulture) + " %");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_shown >= 0)
            error.Write(new ControlCode("\r\u001b[K"));
    }
}
