namespace AgentRouter.Cli.Commands.Tools.Bench.Scenarios;

/// <summary>Totals over a set that somebody else published: not measured here.</summary>
/// <param name="System">The system.</param>
/// <param name="Correct">How many scenarios were counted as correct.</param>
/// <param name="LlmCalls">How often a model was asked.</param>
/// <param name="ToolCalls">How many tools were called, where that was published.</param>
/// <param name="Silent">How many failures were silent.</param>
internal sealed record PublishedTotals(string System, int Correct, int LlmCalls, int? ToolCalls, int Silent);
