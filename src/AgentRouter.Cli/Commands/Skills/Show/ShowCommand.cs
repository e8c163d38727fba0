using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Skills;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Sources;
using AgentRouter.Suggestions;

namespace AgentRouter.Cli.Commands.Skills.Show;

/// <summary><c>agentrouter skills show NAME</c>.</summary>
internal static class ShowCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var name = new Argument<string>("NAME") { Description = "The skill's name." };
        Option<string?> file = SkillLibrary.File();
        Option<string[]> folders = SkillLibrary.Folders();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("show", "Shows a skill: what it says of itself, the files it brings along, its text.")
        {
            Examples = [new Example("skills show fix-a-failing-test --in skills/", "A skill of a folder.")],
        };
        command.Add(name);
        command.Add(file);
        command.Add(folders);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            SkillIndex index = await SkillLibrary.LoadAsync(context, result.GetValue(file), result.GetValue(folders), cancellationToken);
            ShownSkill shown = Read(context, index, result.GetRequiredValue(name));
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, shown, cancellationToken);
            else
                new ShowScreen(context.Terminal.Output, context).Show(shown);
            return ExitCodes.Succeeded;
        });
        return command;
    }

    private static ShownSkill Read(CliContext context, SkillIndex index, string name)
    {
        IReadOnlyList<IndexedSkill> found = index.Find(name);
        if (found.Count == 0)
            throw new UsageException($"There is no skill '{name}'. {Suggestion.Sentence(name, index.Skills.Select(skill => skill.Name).Distinct())}");
        SkillReading reading = SkillReader.Read(found[0].Id, context.Shorten(found[0].Id));
        Skill skill = reading.Skill ?? throw new UsageException($"The skill '{name}' can no longer be read. {reading.Problems[0]}");
        return new ShownSkill(skill, BundledFiles.Of(skill), [.. found.Skip(1).Select(other => other.Id)]);
    }
}

/// <summary>A skill with what belongs to it.</summary>
/// <param name="Skill">The skill.</param>
/// <param name="Files">The files that it brings along.</param>
/// <param name="Others">Where other skills of that name are.</param>
internal sealed record ShownSkill(Skill Skill, IReadOnlyList<string> Files, IReadOnlyList<string> Others);
