using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Presentation;
using AgentRouter.Cli.Terminals;
using AgentRouter.Skills;
using AgentRouter.Skills.Sources;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Skills.Show;

/// <summary>A skill.</summary>
internal sealed class ShowScreen(IAnsiConsole console, CliContext context)
{
    private const int MostLines = 400;
    private const int MostFiles = 20;
    private const int MostOthers = 10;
    private readonly Screen _screen = new(console);

    /// <summary>Shows it.</summary>
    public void Show(ShownSkill shown)
    {
        Skill skill = shown.Skill;
        _screen.Line(new Paragraph(Untrusted.Line(skill.Name, 80), Palette.Strong));
        _screen.Fact("what for", skill.Description);
        Fact("license", skill.License);
        Fact("needs", skill.Compatibility);
        Fact("tools", string.Join(", ", skill.AllowedTools));
        foreach ((string key, string value) in skill.Metadata)
            Fact(Untrusted.Line(key, 14), value);
        Fact("files", string.Join(", ", shown.Files.Take(MostFiles)) + (shown.Files.Count > MostFiles ? $" and {Numbers.Count(shown.Files.Count - MostFiles)} more" : ""));
        _screen.Fact("from", context.Shorten(skill.Id));
        foreach (string other in shown.Others.Take(MostOthers))
            Fact("same name", context.Shorten(other));
        if (shown.Others.Count > MostOthers)
            Fact("", $"and {Numbers.Count(shown.Others.Count - MostOthers)} more");
        foreach (SkillProblem sign in InjectionSigns.Find($"{skill.Description}\n{skill.Body}", skill.Name))
            _screen.Line(new Paragraph($"  careful: {Untrusted.Line(sign.Message, 200)}", Palette.Warning));
        _screen.Gap();
        _screen.Block(skill.Body, MostLines, $" in {context.Shorten(skill.Id)}");
    }

    private void Fact(string label, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            _screen.Fact(label, text);
    }
}
