using AgentRouter.Workflows.Preferences;

namespace AgentRouter.Workflows.Definitions;

/// <summary>How route nodes learn which agent to prefer.</summary>
public sealed record PreferencesDefinition
{
    /// <summary>Gets the file that keeps what was learned, as an absolute path; <see langword="null"/> keeps it as long as the engine lives.</summary>
    public string? File { get; init; }

    /// <summary>Gets how often another agent than the best is tried, from 0 (never) to 1.</summary>
    public double Exploration { get; init; } = PreferenceDefaults.Exploration;

    /// <summary>Gets the seed of that chance: the same table and the same seed make the same choices.</summary>
    public int Seed { get; init; }

    /// <summary>Gets where it was written.</summary>
    public SourceLocation Location { get; init; }
}
