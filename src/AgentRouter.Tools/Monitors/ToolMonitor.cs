namespace AgentRouter.Tools.Monitors;

/// <summary>Makes monitors.</summary>
public static class ToolMonitor
{
    /// <summary>Makes the monitors that a healer has where none are named: health, risk, progress and budget pressure, with their defaults.</summary>
    public static IReadOnlyList<IToolMonitor> Defaults() => [new HealthMonitor(), new RiskMonitor(), new ProgressMonitor(), new PressureMonitor()];
}
