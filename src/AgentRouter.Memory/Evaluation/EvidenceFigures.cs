using AgentRouter.Statistics;

namespace AgentRouter.Memory.Evaluation;

/// <summary>How well evidence was found for some questions.</summary>
/// <param name="Questions">How many questions.</param>
/// <param name="At">The figures at each depth.</param>
/// <param name="Mrr">The mean of one over the place of the first evidence, 0 where none was found.</param>
internal sealed record EvidenceFigures(int Questions, IReadOnlyList<DepthFigures> At, double Mrr);

/// <summary>How well evidence was found among the first places.</summary>
/// <param name="Depth">How many places.</param>
/// <param name="Recall">The mean share of a question's evidence that is among them.</param>
/// <param name="RecallInterval">Its 95 % interval.</param>
/// <param name="AllEvidence">The share of questions of which all evidence is among them.</param>
/// <param name="AllEvidenceInterval">Its 95 % interval.</param>
internal sealed record DepthFigures(int Depth, double Recall, Interval RecallInterval, double AllEvidence, Interval AllEvidenceInterval);
