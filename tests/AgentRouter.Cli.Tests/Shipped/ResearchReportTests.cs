using System.Text.Json;
using System.Text.RegularExpressions;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Events;

namespace AgentRouter.Cli.Tests.Shipped;

/// <summary>The research workflow with its scripted models and real tools, as shipped.</summary>
public sealed partial class ResearchReportTests : IDisposable
{
    private static readonly string Workflow = Path.Combine(ShippedProject.Root, "graphs/research-report.yaml");

    private readonly TestCli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_report_with_a_made_up_source_is_refused_and_the_next_one_cites_only_what_is_there()
    {
        (await _cli.RunAsync("run", Workflow, "--json")).ShouldBe(0, _cli.Errors);
        (IReadOnlyList<RunEvent> events, JsonElement summary) = _cli.ReadLines();
        summary.GetProperty("outcome").GetString().ShouldBe("succeeded");
        HashSet<string> headings = Headings();
        string[] reports = [.. events.OfType<NodeFinished>().Where(node => node.Node == "write").Select(node => node.Output.ShouldNotBeNull())];
        reports.Length.ShouldBe(2);
        Sources(reports[0]).ShouldContain(source => !headings.Contains(source));
        string answer = events.OfType<RunEnded>().Single().Answer.ShouldNotBeNull();
        Sources(answer).Length.ShouldBeGreaterThan(8);
        Sources(answer).ShouldBeSubsetOf(headings);
    }

    [Fact]
    public async Task The_researchers_work_in_branches_of_their_own()
    {
        (await _cli.RunAsync("run", Workflow, "--json", "--policy", "always-large")).ShouldBe(0, _cli.Errors);
        IReadOnlyList<RunEvent> events = _cli.ReadLines().Events;
        events.OfType<StepRouted>().Where(step => step.Role == "researcher").Select(step => step.Node).Distinct().Order()
            .ShouldBe(["research/limits", "research/mechanism", "research/practice"]);
        events.OfType<NodeStarted>().Count(node => node.Node == "write").ShouldBe(1);
    }

    [Theory]
    [InlineData("--policy", "always-small")]
    [InlineData("--input", "question=Who wrote this?")]
    public async Task A_report_without_sound_sources_fails(string option, string value)
    {
        (await _cli.RunAsync("run", Workflow, "--json", option, value)).ShouldBe(2, _cli.Errors);
        _cli.ReadLines().Summary.GetProperty("reason").GetString().ShouldStartWith("Sources of the report do not exist: ");
    }

    private static string[] Sources(string text) => [.. Source().Matches(text).Select(match => match.Groups[1].Value)];

    private static HashSet<string> Headings() =>
        [.. from file in Directory.EnumerateFiles(Path.Combine(ShippedProject.Root, "samples/research/documents"), "*.md")
            from line in File.ReadLines(file)
            where line.StartsWith('#')
            select Path.GetFileName(file) + "#" + NotInAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-')];

    [GeneratedRegex(@"\[([\w-]+\.md#[\w-]+)\]")]
    private static partial Regex Source();

    [GeneratedRegex("[^a-z0-9 -]")]
    private static partial Regex NotInAnchor();
}
