namespace AgentRouter.Cli.Commands.Route;

/// <summary>What is said where figures are of few rows.</summary>
internal static class FewRows
{
    /// <summary>Below so many rows the interval of a share reaches more than fifteen points to each side.</summary>
    public const int Least = 40;

    public const string Text = "Too few to tell models or policies apart: docs/outcomes.md says how many it takes.";
}
