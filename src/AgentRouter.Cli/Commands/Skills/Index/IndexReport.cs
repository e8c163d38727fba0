using AgentRouter.Pricing;
using AgentRouter.Skills.Sources;

namespace AgentRouter.Cli.Commands.Skills.Index;

/// <summary>What came of indexing. The length of the vectors is 0 where there are none.</summary>
internal sealed record IndexReport(string File, int Skills, int Added, int Changed, int Unchanged, int Removed, int VectorLength, long Bytes, IReadOnlyList<SkillProblem> Problems)
{
    /// <summary>Gets how many files hold skills that cannot be used.</summary>
    public int Unusable => Problems.Where(problem => !problem.IsWarning).Select(problem => problem.File).Distinct().Count();

    /// <summary>Gets what a model has embedded; <see langword="null"/> where vectors are learned or there are none.</summary>
    public EmbeddedReport? Embedded { get; init; }
}

/// <summary>What a model has embedded.</summary>
/// <param name="Embeddings">The name of the embeddings in the configuration.</param>
/// <param name="Texts">The texts.</param>
/// <param name="Tokens">Their tokens, as far as they were reported.</param>
/// <param name="Spent">What they cost.</param>
internal sealed record EmbeddedReport(string Embeddings, long Texts, long Tokens, Money Spent);
