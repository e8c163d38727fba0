using AgentRouter.Workflows.Engine;

namespace AgentRouter.Cli.Commands.Replay;

/// <summary>What another policy would have chosen, for programs. Amounts are in USD and exact.</summary>
internal sealed record ReplayJson(
    string RunId, string Policy, string RecordedPolicy, int Differing, decimal BookedUsd, decimal ExpectedUsd, decimal OtherExpectedUsd, IReadOnlyList<ReplayStepJson> Steps)
{
    public static ReplayJson Of(ReplayResult result, ReplayReport report) => new(
        result.RunId, report.Policy, report.Recorded, report.Differing, report.Booked.ToUsd(), report.Expected.ToUsd(), report.OtherExpected.ToUsd(),
        [.. report.Steps.Select(step => new ReplayStepJson(step.Step, step.Node, step.Model, step.Booked.ToUsd(), step.Expected.ToUsd(), step.Other, step.OtherExpected.ToUsd(), step.Reason))]);
}

/// <summary>A step of it.</summary>
internal sealed record ReplayStepJson(int Step, string? Node, string Model, decimal BookedUsd, decimal ExpectedUsd, string Other, decimal OtherExpectedUsd, string Reason);
