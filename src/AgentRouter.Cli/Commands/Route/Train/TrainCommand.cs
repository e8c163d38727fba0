using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Routing.Policies.Bandit;
using AgentRouter.Routing.Policies.Capability;
using AgentRouter.Routing.Policies.Cascade;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary><c>agentrouter route train</c>. What is trained has a handler beside this file.</summary>
internal static class TrainCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var options = new TrainOptions();
        var command = new CliCommand("train", "Trains a policy from recorded outcomes, measures it beside its baselines, and saves it when it beats them.")
        {
            Examples =
            [
                new Example("route train --from outcomes.jsonl --out graphs/policy.json", "Train on a table that 'route calibrate' or 'runs export' wrote."),
                new Example("route train --from outcomes.jsonl --ladder gpt-5-mini,gpt-5", "Choose between these two models."),
                new Example("route train --policy bandit --from runs --out bandit.json", "What recorded runs teach a bandit before its first task."),
                new Example("route train --policy capability --from outcomes.jsonl", "Learn what steps require of a model."),
            ],
            Notes =
            [
                "Use the file with router: { policy: NAME, file: policy.json }; the path starts at the workflow's folder. The same rows, options and seed give the same file.",
                "A policy that learns on while it runs takes it as its state: router: { policy: bandit, state: bandit.json }. What such a file held before is replaced.",
            ],
        };
        foreach (Option option in options.All)
            command.Add(option);
        command.SetAction((result, cancellationToken) =>
        {
            options.Check(result);
            options.CheckOutput(context, result);
            switch (result.GetRequiredValue(options.Policy))
            {
                case CapabilityDefaults.Name:
                    return new CapabilityTrainHandler(context, options, result).RunAsync(cancellationToken);
                case CascadeDefaults.Name:
                    return new CascadeTrainHandler(context, options, result).RunAsync(cancellationToken);
                case BanditDefaults.Name:
                    return new BanditTrainHandler(context, options, result).RunAsync(cancellationToken);
            }

            if (result.GetValue(options.Stages) is not { } stages)
                return new BoundaryTrainHandler(context, options, result).RunAsync(cancellationToken);
            return new StagePriorHandler(context).RunAsync(
                result.GetRequiredValue(options.From), options.Models(result), TrainOptions.Roles(stages), result.GetValue(options.Calls),
                result.GetRequiredValue(options.Description), options.File(result), cancellationToken);
        });
        return command;
    }
}
