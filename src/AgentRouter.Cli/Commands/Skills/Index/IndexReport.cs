using AgentRouter.Skills.Sources;

namespace AgentRouter.Cli.Commands.Skills.Index;

/// <summary>What came of indexing.</summary>
internal sealed record IndexReport(string File, int Skills, int Added, int Changed, int Unchanged, int Removed, long Bytes, IReadOnlyList<SkillProblem> Problems);
