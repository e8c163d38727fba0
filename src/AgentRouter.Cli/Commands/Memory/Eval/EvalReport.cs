using AgentRouter.Memory.Evaluation;

namespace AgentRouter.Cli.Commands.Memory.Eval;

/// <summary>The figures of one file or folder.</summary>
/// <param name="Data">Its name.</param>
/// <param name="Figures">The figures.</param>
internal sealed record EvalReport(string Data, EvidenceReport Figures);
