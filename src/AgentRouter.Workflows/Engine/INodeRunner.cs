namespace AgentRouter.Workflows.Engine;

/// <summary>Does the work of one node in one run. Made once a run for each node, visited by one caller at a time.</summary>
internal interface INodeRunner
{
    /// <summary>Gets a value indicating whether the runner keeps the node's timeout itself.</summary>
    bool KeepsTimeout => false;

    /// <summary>Gets a value indicating whether the work that was done last can be done again: nothing has happened in it that must not happen twice.</summary>
    bool MayRepeat => true;

    /// <summary>Does the node's work once.</summary>
    /// <param name="visit">How often the node has been entered, this time included.</param>
    /// <param name="cancellationToken">Fires when the run is cancelled, its time is up, or the node's timeout has passed.</param>
    /// <returns>What came of it. A <see cref="NodeFailedException"/>, <see cref="Budgets.BudgetExceededException"/>,
    /// <see cref="Failures.ModelCallException"/> or cancellation may be thrown instead.</returns>
    ValueTask<NodeResult> RunAsync(int visit, CancellationToken cancellationToken);
}
