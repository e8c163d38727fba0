using System.Diagnostics;

namespace AgentRouter.Workflows.Tests.Engine;

/// <summary>Waits for what another thread does.</summary>
internal static class Wait
{
    public static async Task UntilAsync(Func<bool> condition)
    {
        long began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(20), "it did not happen in time");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }
}
