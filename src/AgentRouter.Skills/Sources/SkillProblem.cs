using System.Globalization;

namespace AgentRouter.Skills.Sources;

/// <summary>Something that is wrong with a skill.</summary>
/// <param name="File">The file or folder.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Message">What is wrong and what to do, as sentences.</param>
/// <param name="IsWarning">Whether the skill can be used all the same.</param>
public sealed record SkillProblem(string File, int Line, int Column, string Message, bool IsWarning = false)
{
    /// <summary>Writes the problem on one line, as compilers do.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {(IsWarning ? "warning" : "error")}: {Message}");
}
