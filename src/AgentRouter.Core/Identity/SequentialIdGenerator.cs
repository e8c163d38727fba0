using System.Globalization;

namespace AgentRouter.Identity;

/// <summary>Ids that count up from one: <c>run-1</c>, <c>run-2</c>. For tests and replays.</summary>
/// <param name="prefix">What stands before the number.</param>
public sealed class SequentialIdGenerator(string prefix = "run") : IIdGenerator
{
    private int _last;

    /// <inheritdoc/>
    public string NewId() => prefix + "-" + Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
}
