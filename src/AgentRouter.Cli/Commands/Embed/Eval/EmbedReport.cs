using AgentRouter.Pricing;
using AgentRouter.Skills.Evaluation;

namespace AgentRouter.Cli.Commands.Embed.Eval;

/// <summary>How good the vectors of a model are, and what they take.</summary>
/// <param name="Embeddings">The name in the configuration.</param>
/// <param name="Model">What tells its vectors from those of others.</param>
/// <param name="Device">Where it was asked to work; <see langword="null"/> where a provider serves it.</param>
/// <param name="Dimensions">The numbers of a vector.</param>
/// <param name="Batch">The most texts that went together.</param>
/// <param name="Texts">The texts that were embedded.</param>
/// <param name="Tokens">Their tokens, as far as they were reported.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="TokensPerSecond">The tokens of a second.</param>
/// <param name="Spent">What it cost.</param>
/// <param name="Figures">How well is found: by words, by the vectors alone, by both.</param>
internal sealed record EmbedReport(
    string Embeddings, string Model, string? Device, int Dimensions, int Batch, long Texts, long Tokens, double Seconds, double TokensPerSecond, Money Spent, RetrievalReport Figures);
