namespace AgentRouter.Tools.Health;

/// <summary>How a tool is at a moment.</summary>
/// <param name="Tool">Its name in the graph.</param>
/// <param name="Breaker">Whether it may be called.</param>
/// <param name="Calls">The calls that count: the last 100 within the window.</param>
/// <param name="Failures">How many of them failed.</param>
/// <param name="Latency">The mean of the last 20 good calls, or <see langword="null"/> before the first.</param>
/// <param name="LatencyFactor">What the latency does to the weight, 0.5 to 10.</param>
/// <param name="ReliabilityFactor">What the failures do to it, 1 to 50.</param>
/// <param name="RateLimitFactor">What the rate limit does to it, from 1; infinite when it is used up.</param>
/// <param name="AvailabilityFactor">What the breaker does to it: 1, infinite during a rest, and 10 falling to 1 after it.</param>
public sealed record ToolHealthSnapshot(
    string Tool, BreakerState Breaker, int Calls, int Failures, TimeSpan? Latency, double LatencyFactor, double ReliabilityFactor, double RateLimitFactor, double AvailabilityFactor)
{
    /// <summary>Gets the product of the factors, by which the tool's cost is multiplied.</summary>
    public double Factor => LatencyFactor * ReliabilityFactor * RateLimitFactor * AvailabilityFactor;
}
