using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Routing.Evaluation.Caps;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Cli.Commands.Route.Caps;

/// <summary><c>agentrouter route caps</c>.</summary>
internal static class CapsCommand
{
    private const string DefaultVerifier = "0.2,0.1";
    private const int DefaultFolds = 5;

    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<string[]> data = OutcomeOptions.Data();
        var weak = new Option<string?>("--weak") { HelpName = "MODEL", Description = "The cheap model of the pair that the baselines are made of; by default the first rung of --ladder, else the cheapest model." };
        var strong = new Option<string?>("--strong") { HelpName = "MODEL", Description = "The dear model of the pair; by default the last rung of --ladder, else the model with the highest score." };
        var ladder = new Option<string?>("--ladder") { HelpName = "M,M,…", Description = "The models in the order in which they are tried, or auto to have a fixed rule choose them on training tasks. The default is the pair." };
        var table = new Option<string?>("--table-models") { HelpName = "M,M,…", Description = "The models the outcome-table policy chooses from, or all; by default those of the ladder." };
        var caps = new Option<string?>("--caps") { HelpName = "USD,USD,…", Description = "The most a task may cost; none for no cap. By default from a tenth to one and a half of what the dearest model costs on average, and none." };
        var verifier = new Option<string>("--verifier") { HelpName = "FA,FR", Description = $"How often the check accepts a wrong result and rejects a right one. The default is {DefaultVerifier}.", DefaultValueFactory = _ => DefaultVerifier };
        var correlated = new Option<bool>("--correlated") { Description = "The check errs alike on all results of a task, instead of on each by itself." };
        var check = new Option<string>("--check-cost") { HelpName = "USD", Description = "What a check costs. The default is 0.", DefaultValueFactory = _ => "0" };
        var train = new Option<string[]>("--train") { HelpName = "FILE", Description = "Outcome tables of other tasks to train on; without them, tasks are trained on in folds.", AllowMultipleArgumentsPerToken = true };
        var folds = new Option<int>("--folds") { HelpName = "N", Description = $"How many folds. The default is {DefaultFolds}.", DefaultValueFactory = _ => DefaultFolds };
        Option<int> seed = OutcomeOptions.Seed();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("caps", "Replays recorded runs under hard caps per task: what each policy solves for its money.")
        {
            Examples =
            [
                new Example("route caps --data outcomes.jsonl --weak gpt-5-mini --strong gpt-5", "The pair under the usual caps, beside baselines and an oracle."),
                new Example("route caps --data outcomes.jsonl --ladder auto --caps 0.25,none --verifier 0.05,0.05", "A ladder made by rule, with a good check."),
            ],
            Notes = ["A run that would pass what is left of its cap is cut: its result is lost and what was left is spent. Figures are expectations over the check's errors; intervals are over tasks."],
        };
        Option[] options = [data, weak, strong, ladder, table, caps, verifier, correlated, check, train, folds, seed, json];
        foreach (Option option in options)
            command.Add(option);
        command.SetAction(async (result, cancellationToken) =>
        {
            OutcomeTable outcomes = await OutcomeTable.LoadAsync(result.GetRequiredValue(data).Select(context.Resolve), cancellationToken);
            OutcomeTable? training = result.GetValue(train) is { Length: > 0 } files
                ? await OutcomeTable.LoadAsync(files.Select(context.Resolve), cancellationToken)
                : null;
            IReadOnlyList<string> rungs = CapsArguments.Ladder(result.GetValue(ladder), result.GetValue(weak), result.GetValue(strong), outcomes);
            LeftOutRows.Tell(context.Terminal.Error, outcomes, rungs.Count > 0 ? rungs : outcomes.Models);
            var settings = new CapSettings
            {
                Ladder = rungs,
                Weak = result.GetValue(weak),
                Strong = result.GetValue(strong),
                TableModels = CapsArguments.TableModels(result.GetValue(table), outcomes),
                Caps = result.GetValue(caps) is { } amounts ? CapsArguments.Caps(amounts) : CapsArguments.DefaultCaps(outcomes, rungs),
                Verifier = CapsArguments.Verifier(result.GetRequiredValue(verifier)) with { IsCorrelated = result.GetValue(correlated) },
                CheckCost = CapsArguments.Amount("--check-cost", result.GetRequiredValue(check)),
                Folds = result.GetValue(folds),
                Seed = result.GetValue(seed),
            };
            CapReport report = CapStudy.Run(outcomes, training, settings, cancellationToken);
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, report, cancellationToken);
            else
                new CapsScreen(context.Terminal.Output).Show(report, settings);
            return ExitCodes.Succeeded;
        });
        return command;
    }
}
