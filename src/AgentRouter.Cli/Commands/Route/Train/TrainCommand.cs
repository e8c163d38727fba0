using System.CommandLine;
using System.Globalization;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies.Boundary;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Routing.Policies.Boundary.Training;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary><c>agentrouter route train</c>.</summary>
internal static class TrainCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var from = new Option<string[]>("--from") { HelpName = "PATH", Description = "An outcome table, or a folder of recorded runs; several are put together.", Required = true, AllowMultipleArgumentsPerToken = true };
        var policy = new Option<string>("--policy") { HelpName = "NAME", Description = $"What to train; {BoundaryDefaults.Name} is the default.", DefaultValueFactory = _ => BoundaryDefaults.Name };
        policy.AcceptOnlyFromAmong(BoundaryDefaults.Name);
        var output = new Option<string>("--out") { HelpName = "FILE", Description = "The policy file; the default is policy.json.", DefaultValueFactory = _ => "policy.json" };
        var ladder = new Option<string[]>("--ladder") { HelpName = "M,M,…", Description = "The models, the cheapest first; by default all of the table, when there are two or three.", DefaultValueFactory = _ => [] };
        var cost = new Option<string[]>("--cost") { HelpName = "MODEL=USD", Description = "What a row costs with a model where the table does not say.", DefaultValueFactory = _ => [] };
        var verified = new Option<bool?>("--verified") { HelpName = "true|false", Description = "Whether a wrong step is seen before the task goes on; by default the rows say it." };
        var classes = new Option<string>("--classes") { HelpName = "auto|groups|risk", Description = "How steps are told apart: by their groups, such as nodes, or by bands of risk predicted from their text.", DefaultValueFactory = _ => "auto" };
        classes.AcceptOnlyFromAmong("auto", "groups", "risk");
        var stages = new Option<string?>("--stages") { HelpName = "STAGE=ROLE,…", Description = "Make a prior by roles from a table of runs in stages instead: docs/benchmarks.md shows one." };
        var calls = new Option<double>("--calls") { HelpName = "N", Description = "With --stages: the LLM calls a visit of a node is taken to make; the default is 5.", DefaultValueFactory = _ => 5 };
        var folds = new Option<int>("--folds") { HelpName = "N", Description = "The parts of the cross-validation, from 2; the default is 5.", DefaultValueFactory = _ => 5 };
        folds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 2 or > 100)
                result.AddError("--folds takes a whole number from 2 to 100.");
        });
        var description = new Option<string>("--description") { HelpName = "TEXT", Description = "What the policy is for; it is written into the file.", DefaultValueFactory = _ => "" };
        var force = new Option<bool>("--force") { Description = "Save the policy even where it does not beat its baselines." };
        Option<int> seed = OutcomeOptions.Seed();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("train", "Trains a policy from recorded outcomes, measures it beside its baselines, and saves it when it beats them.")
        {
            Examples =
            [
                new Example("route train --from outcomes.jsonl --out policy.json", "Train on a table that 'route calibrate' or 'runs export' wrote."),
                new Example("route train --from outcomes.jsonl --ladder gpt-5-mini,gpt-5", "Choose between these two models."),
            ],
            Notes = ["Use the file with router: { policy: boundary, file: policy.json }. The same rows, options and seed give the same file."],
        };
        foreach (Option option in (Option[])[from, policy, ladder, cost, classes, verified, stages, calls, output, folds, seed, description, force, json])
            command.Add(option);
        command.SetAction(async (result, cancellationToken) =>
        {
            string[] paths = result.GetRequiredValue(from);
            string[] models = [.. result.GetRequiredValue(ladder).SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
            if (result.GetValue(stages) is { } roles)
            {
                return await new StagePriorHandler(context).RunAsync(
                    paths, models, Roles(roles), result.GetValue(calls), result.GetRequiredValue(description), result.GetRequiredValue(output), cancellationToken);
            }

            OutcomeTable table = await TrainingData.LoadAsync(paths.Select(context.Resolve), cancellationToken);
            BoundaryTrained trained = BoundaryTraining.Train(table, new BoundaryTrainingRequest
            {
                Files = paths,
                Ladder = models,
                Costs = Costs(result.GetRequiredValue(cost)),
                IsVerified = result.GetValue(verified),
                ByRisk = result.GetRequiredValue(classes) switch { "risk" => true, "groups" => false, _ => null },
                Folds = result.GetValue(folds),
                Seed = result.GetValue(seed),
                Description = result.GetRequiredValue(description),
            }, cancellationToken);
            bool isWorthIt = trained.BeatsBaselines && trained.Rows >= BoundaryTraining.LeastRows;
            bool isSaved = isWorthIt || result.GetValue(force);
            string file = result.GetRequiredValue(output);
            if (isSaved)
                PolicyFile.Save(context.Resolve(file), BoundaryDefaults.Name, trained.Card, writer => BoundaryModelJson.Write(writer, trained.Model));
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, new { trained.Tasks, trained.Rows, trained.Taxonomy, trained.Figures, Saved = isSaved ? file : null }, cancellationToken);
            else
                new TrainScreen(context.Terminal.Output).Show(trained, isSaved ? file : null);
            return isSaved ? ExitCodes.Succeeded : ExitCodes.Failed;
        });
        return command;
    }

    private static Dictionary<string, string> Roles(string text)
    {
        var roles = new Dictionary<string, string>();
        foreach (string pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == pair.Length - 1)
                throw new UsageException($"--stages takes STAGE=ROLE, such as build=executor; '{Untrusted.Line(pair, 60)}' is none.");
            roles[pair[..at]] = pair[(at + 1)..];
        }

        return roles;
    }

    private static Dictionary<string, Money> Costs(string[] pairs)
    {
        var costs = new Dictionary<string, Money>();
        foreach (string pair in pairs)
        {
            int at = pair.LastIndexOf('=');
            if (at <= 0 || !decimal.TryParse(pair.AsSpan(at + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal usd) || usd > 1_000_000)
                throw new UsageException($"--cost takes MODEL=USD, such as gpt-5=0.02; '{Untrusted.Line(pair, 60)}' is none.");
            costs[pair[..at]] = Money.FromUsd(decimal.Round(usd, 12));
        }

        return costs;
    }
}
