using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Cli.Commands.Run.Report;

/// <summary>The last line of <c>run --json</c>. Amounts are in USD and exact.</summary>
internal sealed record RunSummaryJson
{
    public required string RunId { get; init; }

    public required string Workflow { get; init; }

    public required RunOutcome Outcome { get; init; }

    public string? Reason { get; init; }

    public required string Policy { get; init; }

    public required bool Scripted { get; init; }

    public required decimal SpentUsd { get; init; }

    public decimal? BudgetUsd { get; init; }

    public required long Calls { get; init; }

    public required IReadOnlyDictionary<string, ModelJson> ByModel { get; init; }

    public required decimal AlwaysLargeUsd { get; init; }

    public required double Seconds { get; init; }

    public string? Answer { get; init; }

    public string? ResultFolder { get; init; }

    public string? RecordFile { get; init; }

    /// <summary>Gets the command lines that go on with a run that waits or was stopped; empty for one that has ended.</summary>
    public required IReadOnlyList<string> GoOn { get; init; }

    /// <summary>Sums a run up.</summary>
    public static RunSummaryJson Of(FinishedRun run) => new()
    {
        RunId = run.RunId,
        Workflow = run.Workflow,
        Outcome = run.Outcome,
        Reason = run.Reason,
        Policy = run.Policy,
        Scripted = run.IsScripted,
        SpentUsd = run.Budget.Spent.Usd.ToUsd(),
        BudgetUsd = run.Budget.LimitUsd?.ToUsd(),
        Calls = run.Budget.Spent.Calls,
        ByModel = run.Report.ByModel.ToDictionary(model => model.Model, ModelJson.Of),
        AlwaysLargeUsd = run.Report.AlwaysLargeCost.ToUsd(),
        Seconds = Math.Round(run.Duration.TotalSeconds, 3),
        Answer = run.Answer,
        ResultFolder = run.ResultFolder,
        RecordFile = run.RecordFile,
        GoOn = !run.GoesOn ? [] : run.Questions.Count > 0 ? [.. run.Questions.Select(question => run.Commands.Answer(question, run.Questions.Count > 1))] : [run.Commands.Resume],
    };

    /// <summary>Writes the line, without a line end.</summary>
    public string Serialize() => JsonSerializer.Serialize(this, RunSummaryJsonContext.Relaxed.RunSummaryJson);
}

/// <summary>What one model did.</summary>
internal sealed record ModelJson(string? Tier, long Calls, decimal Usd, long Input, long CachedRead, long CacheWrite, long Output)
{
    public static ModelJson Of(ReportModel model) =>
        new(model.Tier, model.Calls, model.Cost.ToUsd(), model.Usage.Input, model.Usage.CachedRead, model.Usage.CacheWrite, model.Usage.Output);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunSummaryJson))]
internal sealed partial class RunSummaryJsonContext : JsonSerializerContext
{
    // the lines are JSON for programs, not HTML
    public static RunSummaryJsonContext Relaxed =>
        field ??= new RunSummaryJsonContext(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
