namespace AgentRouter.Memory.Evaluation;

/// <summary>How well evidence is found: for each variant of the ranking and each category of questions.</summary>
/// <param name="Sets">How many conversations or collections were remembered.</param>
/// <param name="Episodes">How many episodes they have.</param>
/// <param name="Variants">The figures, a row a variant; the last one is what is used.</param>
/// <param name="MillisecondsP50">The median time of a question, with reading the evidence.</param>
internal sealed record EvidenceReport(int Sets, int Episodes, IReadOnlyList<VariantFigures> Variants, double MillisecondsP50);

/// <summary>The figures of a variant.</summary>
/// <param name="Name">What is new in it.</param>
/// <param name="All">All questions that count.</param>
/// <param name="Categories">The questions of each category.</param>
/// <param name="Gain">What it adds to the row above: the recall at the first depth that is at least ten, else the last, question by question.</param>
internal sealed record VariantFigures(string Name, EvidenceFigures All, IReadOnlyDictionary<string, EvidenceFigures> Categories, RecallGain? Gain);

/// <summary>What a variant adds.</summary>
/// <param name="Depth">At how many places.</param>
/// <param name="Mean">The mean difference of recall.</param>
/// <param name="Interval">Its 95 % interval.</param>
internal sealed record RecallGain(int Depth, double Mean, Statistics.Interval Interval);
