namespace AgentRouter.Routing.Evaluation.Twin;

/// <summary>The score of a whole bank and of each of its benchmarks.</summary>
/// <param name="All">The whole bank: its savings are those of the benchmarks, weighted by rows.</param>
/// <param name="Benchmarks">The figures by benchmark, in the bank's order.</param>
/// <param name="Errors">The rows without a usable prediction; they count as failed.</param>
internal sealed record TwinReport(TwinFigures All, IReadOnlyDictionary<string, TwinFigures> Benchmarks, int Errors);
