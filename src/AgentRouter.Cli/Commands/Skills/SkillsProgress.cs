using System.Globalization;
using AgentRouter.Skills.Index;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Skills;

/// <summary>Tells a person how far the indexing is: one line on standard error that is wiped at the end. Silent when that is no terminal.</summary>
internal sealed class SkillsProgress(IAnsiConsole error) : IProgress<IndexingProgress>, IDisposable
{
    private readonly bool _isShown = error.Profile.Capabilities.Ansi;
    private readonly Lock _lock = new();
    private IndexingStage _stage;
    private int _shown = -1;

    /// <inheritdoc/>
    public void Report(IndexingProgress value)
    {
        int percent = (int)(value.Share * 100);
        if (!_isShown || (value.Stage == _stage && percent <= _shown))
            return;
        lock (_lock)
        {
            if (value.Stage < _stage || (value.Stage == _stage && percent <= _shown))
                return;
            (_stage, _shown) = (value.Stage, percent);
            error.Write(new ControlCode("\r\u001b[K"));
            error.Write((value.Stage == IndexingStage.Reading ? "reading " : "learning ") + percent.ToString(CultureInfo.InvariantCulture) + " %");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_shown >= 0)
            error.Write(new ControlCode("\r\u001b[K"));
    }
}
