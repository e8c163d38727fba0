using AgentRouter.Cli.Terminals;
using AgentRouter.Memory.Ingestion.Extraction;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Memory.Learn;

/// <summary>Tells a person how far learning is: one line on standard error that is wiped at the end. Silent when that is no terminal.</summary>
internal sealed class LearnProgress(IAnsiConsole error) : IProgress<ExtractionProgress>, IDisposable
{
    private readonly bool _isShown = error.Profile.Capabilities.Ansi;
    private bool _hasShown;

    /// <inheritdoc/>
    public void Report(ExtractionProgress value)
    {
        if (!_isShown)
            return;
        _hasShown = true;
        error.Write(new ControlCode("\r\u001b[K"));
        error.Write($"learned from {Numbers.Count(value.Done)} of {Numbers.Of(value.Batches, "batch", "batches")}, {Numbers.Of(value.NewFacts, "new fact")}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_hasShown)
            error.Write(new ControlCode("\r\u001b[K"));
    }
}
