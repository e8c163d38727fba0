using AgentRouter.Skills.Evaluation;

namespace AgentRouter.Cli.Commands.Skills.Eval;

/// <summary>The figures of one pool.</summary>
/// <param name="Pool">The pool, as it was named.</param>
/// <param name="Figures">The figures.</param>
internal sealed record EvalReport(string Pool, RetrievalReport Figures);
