namespace AgentRouter.Cli.Commands.Tools.Bench.Systems.Healer;

/// <summary>A clock that stands still: all calls take no time, so the same paths are found on any machine.</summary>
internal sealed class StandingClock : TimeProvider
{
    public override long GetTimestamp() => 0;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
}
