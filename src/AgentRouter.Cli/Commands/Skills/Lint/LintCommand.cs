using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Terminals;
using AgentRouter.Skills.Sources;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Skills.Lint;

/// <summary><c>agentrouter skills lint PATH…</c>.</summary>
internal static class LintCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var folders = new Argument<string[]>("PATH") { Description = "Folders of skills, or single ones.", Arity = ArgumentArity.OneOrMore };
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("lint", "Checks skills: what keeps them from being used, and signs that a text works against whoever uses it.")
        {
            Examples = [new Example("skills lint skills/", "All skills of a folder.")],
            Notes = ["Exit code: 0 when nothing is wrong or there are only warnings, 64 when there is an error, or no skill in a folder."],
        };
        command.Add(folders);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            (string File, IReadOnlyList<SkillProblem> Problems)[] checkedFiles =
                [.. FilledFolders.Open(context, result.GetRequiredValue(folders)).SelectMany(source => SkillLint.Check(source, cancellationToken))];
            SkillProblem[] problems = [.. checkedFiles.SelectMany(file => file.Problems)];
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, new LintReport(checkedFiles.Length, problems), cancellationToken);
            else
                Show(context.Terminal.Output, checkedFiles.Length, problems);
            return Array.TrueForAll(problems, problem => problem.IsWarning) ? ExitCodes.Succeeded : ExitCodes.Usage;
        });
        return command;
    }

    private static void Show(IAnsiConsole console, int skills, SkillProblem[] problems)
    {
        SkillProblems.Show(console, problems);
        int errors = problems.Count(problem => !problem.IsWarning);
        console.Write(new Text($"{Numbers.Of(errors, "error")} and {Numbers.Of(problems.Length - errors, "warning")} in {Numbers.Of(skills, "skill")}.\n", Palette.Strong));
    }
}

/// <summary>What is wrong with skills.</summary>
internal sealed record LintReport(int Skills, IReadOnlyList<SkillProblem> Problems);
