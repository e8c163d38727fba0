using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Cli.Commands.Route.Calibrate;

/// <summary>A task and how its runs ended.</summary>
internal sealed class CalibratedTask(CalibrationTask task)
{
    private readonly List<(string Policy, bool Succeeded, Money Spent)> _runs = [];

    /// <summary>Gets the task's id.</summary>
    public string Id => task.Id;

    /// <summary>Gets the rows of its runs.</summary>
    public RunOutcomes Outcomes { get; } = new();

    /// <summary>Gets the runs in their order.</summary>
    public IReadOnlyList<(string Policy, bool Succeeded, Money Spent)> Runs => _runs;

    /// <summary>Adds a run.</summary>
    public void Add(string policy, RunResult result) => _runs.Add((policy, result.Outcome == RunOutcome.Succeeded, result.Budget.Spent.Usd));

    /// <summary>Gets whether the run with a policy succeeded; <see langword="null"/> when there is none.</summary>
    public bool? Succeeded(string policy)
    {
        foreach ((string name, bool succeeded, _) in _runs)
        {
            if (name == policy)
                return succeeded;
        }

        return null;
    }
}
