using AgentRouter.Cli.CommandLine;

namespace AgentRouter.Cli.Tests.CommandLine;

public sealed class StopSignalTests
{
    [Fact]
    public void The_first_signal_cancels_and_the_second_ends_at_once()
    {
        int ended = 0;
        using var stop = new StopSignal(() => ended++);
        stop.Raise();
        stop.Token.IsCancellationRequested.ShouldBeTrue();
        ended.ShouldBe(0);
        stop.Raise();
        ended.ShouldBe(1);
    }
}
