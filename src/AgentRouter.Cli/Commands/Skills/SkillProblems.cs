using AgentRouter.Cli.Terminals;
using AgentRouter.Skills.Sources;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Skills;

/// <summary>Shows what is wrong with skills: a line each, as compilers do.</summary>
internal static class SkillProblems
{
    private const int LongestLine = 400;

    /// <summary>Writes problems.</summary>
    public static void Show(IAnsiConsole console, IEnumerable<SkillProblem> problems)
    {
        foreach (SkillProblem problem in problems)
        {
            console.Write(new Text(Untrusted.Line(problem.ToString(), LongestLine), problem.IsWarning ? Palette.Warning : Palette.Bad));
            console.WriteLine();
        }
    }
}
