using System.Globalization;
using System.Security.Cryptography;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;
using AgentRouter.Routing.Evaluation.Stages;
using AgentRouter.Routing.Policies.Boundary;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Routing.Policies.Boundary.Training;
using AgentRouter.Routing.PolicyFiles;
using Spectre.Console;

namespace AgentRouter.Cli.Commands.Route.Train;

/// <summary>Makes a prior by roles from runs in stages: <c>route train --stages plan=planner,build=executor</c>.</summary>
internal sealed class StagePriorHandler(CliContext context)
{
    private static readonly string[][] TierNames = [[], [], ["small", "large"], ["small", "medium", "large"]];

    /// <summary>Trains and saves.</summary>
    /// <param name="files">The runs.</param>
    /// <param name="ladder">The models, the cheapest first.</param>
    /// <param name="roles">The role of each stage.</param>
    /// <param name="calls">The LLM calls a visit is taken to make.</param>
    /// <param name="description">What the card says.</param>
    /// <param name="output">The policy file.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<int> RunAsync(
        string[] files, string[] ladder, IReadOnlyDictionary<string, string> roles, double calls, string description, string output, CancellationToken cancellationToken)
    {
        if (ladder.Length is < 2 or > BoundaryModel.MaxRungs)
            throw new UsageException($"A prior by stages needs --ladder with 2 to {BoundaryModel.MaxRungs} models, the cheapest first.");
        var runs = new List<StageRun>();
        foreach (string file in files)
            runs.AddRange(await StageRunReader.ReadAsync(context.Resolve(file), cancellationToken));
        BoundaryRung[] rungs = [.. ladder.Select((model, i) => new BoundaryRung(model, ladder.Length < TierNames.Length ? TierNames[ladder.Length][i] : null))];
        BoundaryModel model = StagePrior.Learn(runs, rungs, roles, calls);
        var card = new PolicyCard
        {
            Description = description,
            Data = [.. files.Select(Path.GetFileName).Select(name => name ?? "")],
            DataHash = await HashAsync(files, cancellationToken),
            Rows = runs.Count,
            Metrics = Metrics(model),
            Notes =
            [
                "A prior: learned from runs whose stages were not judged one by one, and not measured on your tasks. Calibrate to replace it.",
                "A dearer model is taken to do whatever a cheaper one does; what a run costs before its stages is shared among them.",
                string.Create(CultureInfo.InvariantCulture, $"A visit of a node is taken to make {calls} LLM calls."),
            ],
        };
        PolicyFile.Save(context.Resolve(output), BoundaryDefaults.Name, card, writer => BoundaryModelJson.Write(writer, model));
        context.Terminal.Output.Write(new Text($"  A prior of {Numbers.Of(runs.Count, "run")} is saved in {output}. It was not measured; calibrate to replace it. In a workflow, file is the way from its folder to it.\n"));
        return ExitCodes.Succeeded;
    }

    private async Task<string> HashAsync(string[] files, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
            hash.AppendData(await File.ReadAllBytesAsync(context.Resolve(file), cancellationToken));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Dictionary<string, double> Metrics(BoundaryModel model) => model.Classes
        .SelectMany(of => model.Rungs.Select((rung, i) => (Name: $"{of.Name}, {rung.Name} is right", Value: Math.Round(of.Success(i, failed: 0), 4))))
        .ToDictionary(entry => entry.Name, entry => entry.Value);
}
