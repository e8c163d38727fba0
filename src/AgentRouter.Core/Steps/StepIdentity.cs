namespace AgentRouter.Steps;

/// <summary>Whose step it is. Travels with a request from the workflow engine to the router; made anew for each visit of a node.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Workflow">The workflow's name, or <see langword="null"/> outside a workflow.</param>
/// <param name="Node">The node's name.</param>
/// <param name="Agent">The agent's name.</param>
/// <param name="Role">The agent's role: planner, executor, reviewer, summarizer, …</param>
/// <param name="Visit">How often the node has been entered, this time included; 1 at first.</param>
public sealed record StepIdentity(string RunId, string? Workflow = null, string? Node = null, string? Agent = null, string? Role = null, int Visit = 1)
{
    private int _calls;

    /// <summary>Gets the tiers that the agent or node allows, from least to most capable; <see langword="null"/> allows all.</summary>
    public IReadOnlyList<string>? AllowedTiers { get; init; }

    /// <summary>Gets the number of LLM calls that were made under this identity: in this visit of the node.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Counts an LLM call of this visit; called by the router.</summary>
    /// <returns>The call's number in the visit, from 1.</returns>
    public int CountCall() => Interlocked.Increment(ref _calls);
}
