namespace AgentRouter.Statistics;

/// <summary>A 95 % interval.</summary>
internal readonly record struct Interval(double Low, double High);
