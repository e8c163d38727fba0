using AgentRouter.Events;

namespace AgentRouter.Workflows.Nodes.Route;

/// <summary>What a route node has decided.</summary>
/// <param name="TaskKind">The kind of task.</param>
/// <param name="Chosen">The positions of the candidates that work, the most preferred first: one, or several at once.</param>
/// <param name="Teaches">Whether there was a choice: what had to be taken says nothing about what is better.</param>
/// <param name="Reason">Why, in a few words.</param>
/// <param name="Candidates">All candidates, for the record.</param>
internal sealed record RouteChoice(string TaskKind, IReadOnlyList<int> Chosen, bool Teaches, string Reason, IReadOnlyList<AgentCandidate> Candidates);
