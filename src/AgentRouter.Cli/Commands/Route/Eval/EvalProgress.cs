using System.Globalization;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Eval;

/// <summary>Tells a person how far the training is: one line on standard error that is wiped at the end. Silent when that is no terminal.</summary>
internal sealed class EvalProgress(IAnsiConsole error) : IProgress<double>, IDisposable
{
    private readonly bool _isShown = error.Profile.Capabilities.Ansi;
    private bool _isWritten;

    /// <inheritdoc/>
    public void Report(double value)
    {
        if (!_isShown)
            return;
        error.Write(new ControlCode("\r"));
        error.Write("training " + (value * 100).ToString("0", CultureInfo.InvariantCulture) + " %");
        _isWritten = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isWritten)
            error.Write(new ControlCode("\r\u001b[K"));
    }
}
