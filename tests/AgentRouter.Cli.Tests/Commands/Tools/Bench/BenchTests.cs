using System.Globalization;
using System.Text.Json;
using AgentRouter.Cli.Commands.Tools.Bench;
using AgentRouter.Cli.Commands.Tools.Bench.Measuring;
using AgentRouter.Cli.Commands.Tools.Bench.Scenarios;
using AgentRouter.Cli.Tests.Support;
using Snapshooter;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands.Tools.Bench;

public sealed class BenchTests
{
    public static TheoryData<string, int> LlmCallsOfHealer => new() { { "paper", 3 }, { "repository", 0 } };

    [Theory]
    [MemberData(nameof(LlmCallsOfHealer))]
    public async Task Healing_ends_all_scenarios_right_without_a_silent_failure(string set, int llmCalls)
    {
        SetReport report = await RunAsync(set);

        report.Scenarios.Count.ShouldBe(19);
        SystemTotals healer = report.Totals[0];
        healer.System.ShouldBe("healer");
        healer.Correct.ShouldBe(19);
        healer.Silent.ShouldBeEmpty();
        healer.BranchesRun.ShouldBe(healer.Branches);
        // the published router asks 9 times
        healer.LlmCalls.ShouldBe(llmCalls);
    }

    [Fact]
    public async Task The_baselines_are_competent()
    {
        SetReport[] reports = [await RunAsync("paper"), await RunAsync("repository")];

        reports.Select(report => report.Totals[1].Correct).ShouldBe([19, 19]);
        reports.Select(report => report.Totals[1].Silent.Count).ShouldBe([0, 0]);
        reports.Select(report => report.Totals[2].Silent).ShouldBe([["S6", "S7", "T6"], ["CS-6"]]);
        reports.Select(report => report.Totals[2].LlmCalls).ShouldBe([0, 0]);
    }

    [Fact]
    public async Task The_loop_asks_its_model_as_the_paper_counts()
    {
        SetReport report = await RunAsync("paper");

        // a plan, a call for each step, one for each option that failed, two at a dead end
        var expected = new Dictionary<string, int> { ["S1"] = 4, ["S2"] = 5, ["S3"] = 7, ["S5"] = 5, ["S6"] = 8, ["S7"] = 9, ["T1"] = 5, ["T2"] = 6, ["T3"] = 7 };
        report.Scenarios.Where(scenario => expected.ContainsKey(scenario.Id)).ToDictionary(scenario => scenario.Id, scenario => scenario.Systems[1].LlmCalls).ShouldBe(expected);
    }

    [Fact]
    public async Task Each_failure_of_a_service_ends_in_an_event_of_the_healer()
    {
        foreach (ScenarioReport scenario in (await RunAsync("paper")).Scenarios.Concat((await RunAsync("repository")).Scenarios))
        {
            SystemReport healer = scenario.Systems[0];
            // what a risk stops is escalated and then demoted, without a failed call
            (healer.Reroutes + healer.Demotions - healer.Escalations).ShouldBe(healer.Calls.Count(call => call.Failure is not null), scenario.Id);
        }
    }

    [Theory]
    [InlineData(120)]
    [InlineData(80)]
    public async Task The_table(int width)
    {
        using var cli = new TestCli(width);
        (await cli.RunAsync("tools", "bench")).ShouldBe(0, cli.Errors);
        Snapshot.Match(cli.Seen, SnapshotNameExtension.Create(width));
    }

    [Fact]
    public async Task One_scenario()
    {
        using var cli = new TestCli();
        (await cli.RunAsync("tools", "bench", "--scenario", "s7")).ShouldBe(0, cli.Errors);
        Snapshot.Match(cli.Seen);
    }

    [Fact]
    public async Task A_scenario_that_does_not_exist_is_refused()
    {
        using var cli = new TestCli();
        (await cli.RunAsync("tools", "bench", "--scenario", "CS-77")).ShouldBe(64);
        cli.Errors.ShouldContain("There is no scenario 'CS-77'. Did you mean 'CS-7'?");

        using var other = new TestCli();
        await other.RunAsync("tools", "bench", "--scenario", "what");
        other.Errors.ReplaceLineEndings(" ").ShouldContain("There is: S1 to S7, T1 to T6, M1 to M6, CS-1 to CS-7, TB-1 to TB-6, CM-1 to CM-6.");
    }

    [Fact]
    public async Task Figures_for_programs()
    {
        using var cli = new TestCli();
        (await cli.RunAsync("tools", "bench", "--json")).ShouldBe(0, cli.Errors);
        JsonElement paper = JsonDocument.Parse(cli.Lines).RootElement[0];
        paper.GetProperty("totals")[0].GetProperty("correct").GetInt32().ShouldBe(19);
        paper.GetProperty("published")[0].GetProperty("llmCalls").GetInt32().ShouldBe(9);
        JsonElement stripeDown = paper.GetProperty("scenarios")[1].GetProperty("systems")[0];
        stripeDown.GetProperty("outcome").GetString().ShouldBe("goal");
        stripeDown.GetProperty("events")[1].GetProperty("event").GetString().ShouldBe("tools.rerouted");
        foreach (string ofRecords in new[] { "time", "runId", "sequence" })
            stripeDown.GetProperty("events")[1].TryGetProperty(ofRecords, out _).ShouldBeFalse();
        stripeDown.GetProperty("log").EnumerateArray().Select(entry => entry.GetProperty("service").GetString()).ShouldBe(["crm", "razorpay", "email"]);
    }

    [Fact]
    public async Task The_documentation_shows_these_figures()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "healing-scenarios.md"));
        foreach (ScenarioSet set in ScenarioSet.All)
        {
            SetReport report = await ScenarioBenchmark.RunAsync(set, CancellationToken.None);
            foreach (ScenarioReport scenario in report.Scenarios)
                page.ShouldContain(RowOf(scenario.Id, scenario.Title, scenario.Systems.Select(run => (BenchScreen.WordOf(run.Outcome), run.LlmCalls, run.ToolCalls, run.Reroutes, run.Demotions, run.Escalations))));
            page.ShouldContain(RowOf("", "**total**", report.Totals.Select(totals => ($"{totals.Correct}/19", totals.LlmCalls, totals.ToolCalls, totals.Reroutes, totals.Demotions, totals.Escalations))));
        }
    }

    private static string RowOf(string id, string title, IEnumerable<(string Outcome, int Llm, int Tools, int Reroutes, int Demotions, int Escalations)> systems) =>
        $"| {id} | {title} | " + string.Concat(systems.Select(system => string.Create(CultureInfo.InvariantCulture, $"{system.Outcome} | {system.Llm} | {system.Tools} | {system.Reroutes}/{system.Demotions}/{system.Escalations} | "))).TrimEnd();

    private static Task<SetReport> RunAsync(string set) => ScenarioBenchmark.RunAsync(ScenarioSet.All.Single(known => known.Id == set), CancellationToken.None);
}
