using AgentRouter.Routing.Evaluation.Pairs;
using AgentRouter.Routing.Evaluation.Pools;

namespace AgentRouter.Cli.Commands.Route.Eval;

/// <summary>All figures of <c>agentrouter route eval</c>, a section each; a section that does not apply is left out.</summary>
internal sealed record EvalReport
{
    /// <summary>Gets how rows were kept apart from what was trained: <c>cross-validation</c> or <c>trained apart</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Gets a value indicating whether any group has enough rows to be known; otherwise boundary goes by the trees alone.</summary>
    public required bool KnowsGroups { get; init; }

    /// <summary>Gets two models.</summary>
    public PairEvaluation? Pair { get; init; }

    /// <summary>Gets more than two models.</summary>
    public PoolEvaluation? Pool { get; init; }
}
