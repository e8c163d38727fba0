using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Models.Pull;
using AgentRouter.Cli.Commands.Models.Verify;
using AgentRouter.Cli.Hosting;
using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Providers;
using AgentRouter.Providers.Scripted;

namespace AgentRouter.Cli.Commands.Models;

/// <summary><c>agentrouter models</c>: alone, it shows those that are configured. Each command has a folder beside this file.</summary>
internal static class ModelsCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<string?> configuration = SharedOptions.Configuration();
        var check = new Option<bool>("--check") { Description = "Ask each model one short question to see who answers. It costs a few tokens a model." };
        var command = new CliCommand("models", "Shows the tiers and their models: prices, where the prices come from, and who serves them. Fetches models that run on this machine.")
        {
            Examples =
            [
                new Example("models", "What is configured here. No provider is contacted."),
                new Example("models --check", "Also who answers."),
            ],
        };
        command.Add(configuration);
        command.Add(check);
        command.Add(PullCommand.Create(context));
        command.Add(VerifyCommand.Create(context));
        command.SetAction((result, cancellationToken) => ShowAsync(context, result.GetValue(configuration), result.GetValue(check), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(CliContext context, string? configurationFile, bool check, CancellationToken cancellationToken)
    {
        RouterConfiguration? configured = ConfigurationFile.Read(context, configurationFile, context.CurrentFolder)?.Definition;
        bool isConfigured = configured is { Models.Count: > 0 };
        // the scripted models need no script to be shown
        RouterConfiguration shown = isConfigured ? configured! : ScriptedConfiguration.ForScript(Path.Combine(context.CurrentFolder, "script.yaml"));
        var screen = new ModelsScreen(context.Terminal.Output, context);
        if (!check || !isConfigured)
        {
            screen.Show(shown, isConfigured, answers: null);
            if (check)
                throw new UsageException("There is no provider to check: the scripted models answer from a file.");
            return ExitCodes.Succeeded;
        }

        using ModelSet models = ModelSetFactory.Create(shown, context.Secrets, context.TimeProvider);
        IReadOnlyDictionary<string, ModelAnswer> answers = await ModelCheck.AskAsync(models, context.TimeProvider, cancellationToken);
        screen.Show(shown, isConfigured, answers);
        return answers.Values.All(answer => answer.Answered) ? ExitCodes.Succeeded : ExitCodes.Failed;
    }
}
