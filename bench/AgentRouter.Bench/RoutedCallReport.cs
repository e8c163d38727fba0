using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace AgentRouter.Bench;

/// <summary>Runs <see cref="RoutedCallBenchmark"/> and writes its figures as ratios and differences to the bare client.</summary>
internal static class RoutedCallReport
{
    public static Report Run(bool quick)
    {
        // all three in one process, one after the other, so that they share the machine's mood
        Job job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(10).WithIterationCount(quick ? 5 : 20);
        ManualConfig config = DefaultConfig.Instance.WithOptions(ConfigOptions.DisableLogFile).AddJob(job);
        Summary summary = BenchmarkRunner.Run<RoutedCallBenchmark>(config);
        Report report = new Report("routed-call", "One routed call")
            .Text("One LLM call over a client that answers at once, in one process: the client alone; through `RoutingChatClient` of")
            .Text("Microsoft.Extensions.AI, which picks a client; and through `StepRoutingChatClient` with two candidate models, features, gates,")
            .Text("expected costs, a policy, the worst case held and the answer settled under an enforced budget.")
            .Header("client", "ratio", "ns a call", "over bare, ns", "bytes a call", "over bare, bytes");
        (double bare, long bareBytes) = Figures(summary, nameof(RoutedCallBenchmark.Bare));
        foreach (string method in (string[])[nameof(RoutedCallBenchmark.Bare), nameof(RoutedCallBenchmark.MicrosoftExtensionsAIRouter), nameof(RoutedCallBenchmark.StepRouter)])
        {
            (double nanoseconds, long bytes) = Figures(summary, method);
            report.Row(method, Show(nanoseconds / bare, "0.0"), Show(nanoseconds, "N0"), Show(nanoseconds - bare, "N0"), Show(bytes, "N0"), Show(bytes - bareBytes, "N0"));
        }

        return report;
    }

    private static (double Nanoseconds, long Bytes) Figures(Summary summary, string method)
    {
        BenchmarkReport report = summary.Reports.Single(r => r.BenchmarkCase.Descriptor.WorkloadMethod.Name == method);
        return (report.ResultStatistics!.Median, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
    }

    private static string Show(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
