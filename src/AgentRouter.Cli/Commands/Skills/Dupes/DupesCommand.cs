using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Skills.Duplicates;
using AgentRouter.Skills.Index;

namespace AgentRouter.Cli.Commands.Skills.Dupes;

/// <summary><c>agentrouter skills dupes</c>.</summary>
internal static class DupesCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<string?> file = SkillLibrary.File();
        Option<string[]> folders = SkillLibrary.Folders();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("dupes", "Lists skills that are nearly the same, and which of them is never found.")
        {
            Examples = [new Example("skills dupes --in skills/ ~/.claude/skills", "Copies within and between two libraries.")],
        };
        command.Add(file);
        command.Add(folders);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            SkillIndex index = await SkillLibrary.LoadAsync(context, result.GetValue(file), result.GetValue(folders), cancellationToken);
            IReadOnlyList<CopyGroup> groups = SkillCopies.Find(index);
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, groups, cancellationToken);
            else
                new DupesScreen(context.Terminal.Output, context).Show(groups, index.Count);
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
