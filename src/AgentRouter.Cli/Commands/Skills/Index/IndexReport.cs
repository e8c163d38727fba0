using AgentRouter.Skills.Sources;

namespace AgentRouter.Cli.Commands.Skills.Index;

/// <summary>What came of indexing. The length of the vectors is 0 where there are none.</summary>
internal sealed record IndexReport(string File, int Skills, int Added, int Changed, int Unchanged, int Removed, int VectorLength, long Bytes, IReadOnlyList<SkillProblem> Problems);
