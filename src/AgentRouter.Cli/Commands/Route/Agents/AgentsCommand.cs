using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;
using AgentRouter.Workflows.Preferences;

namespace AgentRouter.Cli.Commands.Route.Agents;

/// <summary><c>agentrouter route agents</c>.</summary>
internal static class AgentsCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var state = new Option<string>("--state") { HelpName = "FILE", Description = "The file that 'preferences' under 'router' names in the workflow.", Required = true };
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("agents", "Shows which agents the route nodes of workflows have learned to prefer, for which kind of task.")
        {
            Examples = [new Example("route agents --state preferences.json", "The table as it is now: what time has worn off is taken off.")],
        };
        command.Add(state);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            string path = context.Resolve(result.GetRequiredValue(state));
            if (!File.Exists(path))
                throw new ConfigurationException($"There is no file {path}. It is written when a route node's choice is first verified.");
            IReadOnlyList<AgentPreference> preferences = new AgentPreferences(path, context.TimeProvider).List();
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, preferences, cancellationToken);
            else
                new AgentsScreen(context.Terminal.Output).Show(preferences);
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
