using System.ComponentModel;
using System.Text.Json;
using AgentRouter.Expressions;
using AgentRouter.Skills.Use;
using AgentRouter.Tools;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Engine.Skills;

/// <summary>The tools that an agent uses skills with. What they return is kept as data, so that it can be recalled; the model is shown the text of it.</summary>
internal static class SkillToolBox
{
    private const string Source = "skills";

    /// <summary>Makes the tools of an agent.</summary>
    /// <param name="skills">The agent's skills.</param>
    /// <returns>The tools, each with what its model is shown of a result; that is called for a recalled result too.</returns>
    public static IReadOnlyList<(OpenTool Tool, Func<ToolOutcome, object?> Show)> Of(AgentSkills skills) =>
    [
        (Make("open", SkillTools.OpenDescription, ([Description("The skill's name in the list.")] string name, CancellationToken cancellationToken) =>
            TellAsync(() => skills.Session.OpenAsync(name, cancellationToken)), "name"), outcome => ShowText(skills, outcome)),
        (Make("read", SkillTools.ReadDescription, ([Description("The skill's name in the list.")] string name, [Description("The file, as the skill lists it.")] string file, CancellationToken cancellationToken) =>
            TellAsync(() => skills.Session.ReadAsync(name, file, cancellationToken)), "name", "file"), outcome => ShowText(skills, outcome)),
        (Make("search", SkillTools.SearchDescription, ([Description("What is to be done, in a sentence.")] string query, CancellationToken cancellationToken) =>
            TellAsync(() => skills.Session.SearchAsync(query, cancellationToken)), "query"), outcome => ShowFound(skills, outcome)),
    ];

    private static OpenTool Make(string name, string description, Delegate method, params IReadOnlyList<string> parameters)
    {
        var tool = new ToolDescription($"{Source}.{name}", description, DataType.Any) { Parameters = parameters, RequiredParameters = parameters, IsIdempotent = true };
        return new OpenTool(tool, AIFunctionFactory.Create(method, tool.FunctionName, description));
    }

    private static async Task<T> TellAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (SkillException exception)
        {
            throw new ToolException(exception.Message, exception);
        }
        catch (NodeFailedException exception)
        {
            // the library went away between two visits
            throw new ToolException(exception.Message, exception);
        }
    }

    private static string ShowText(AgentSkills skills, ToolOutcome outcome)
    {
        SkillText text = Read<SkillText>(outcome);
        skills.Opened(text, outcome.Step);
        return text.Text;
    }

    private static string ShowFound(AgentSkills skills, ToolOutcome outcome)
    {
        SkillOffer[] found = Read<SkillOffer[]>(outcome);
        skills.Session.Recall(found);
        return SkillPrompt.Found(found);
    }

    private static T Read<T>(ToolOutcome outcome) => ((JsonElement)outcome.Value!).Deserialize<T>(AIJsonUtilities.DefaultOptions)!;
}
