using System.Text.Json;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Tests.Commands.Route;

/// <summary>Policies that learn on while they run, and the state they start from.</summary>
public sealed class TrainOnlineTests
{
    private const string Workflow = """
        name: answer
        script: script.yaml
        router: ROUTER
        nodes:
          work: { prompt: "Answer.", agent: clerk, verify: "work == 'right'", next: [ { when: "work == 'right'", to: done }, { to: gaveUp } ] }
          done: { end: succeeded, answer: "{{ work }}" }
          gaveUp: { end: failed, reason: "It is wrong." }
        """;

    private const string Script = """
        script: answer
        replies:
          - when: { node: work, tier: large }
            say: right
          - when: { node: work }
            say: wrong
        """;

    [Fact]
    public async Task What_recorded_runs_taught_a_bandit_is_found_by_the_live_one()
    {
        using TestCli cli = Create();
        cli.Write("small.yaml", Workflow.Replace("ROUTER", "{ policy: always-small }", StringComparison.Ordinal));
        (await cli.RunAsync("run", "small.yaml", "--offline", "--json")).ShouldBe(2, cli.Errors);
        cli.Write("large.yaml", Workflow.Replace("ROUTER", "{ policy: always-large }", StringComparison.Ordinal));
        (await cli.RunAsync("run", "large.yaml", "--offline", "--json")).ShouldBe(0, cli.Errors);

        (await cli.RunAsync("runs", "export", "--out", "outcomes.jsonl")).ShouldBe(0, cli.Errors);
        (await cli.RunAsync("route", "train", "--policy", "bandit", "--from", "outcomes.jsonl")).ShouldBe(2);
        cli.Seen.ShouldContain("Not saved: 1 row with an outcome of each model are too few, 100 are needed.");
        (await cli.RunAsync("route", "train", "--policy", "bandit", "--from", "outcomes.jsonl", "--force")).ShouldBe(0);
        cli.Seen.ShouldContain("Saved in bandit.json. Use it: router: { policy: bandit, state: bandit.json }");

        cli.Write("live.yaml", Workflow.Replace("ROUTER", "{ policy: bandit, state: bandit.json }", StringComparison.Ordinal));
        (await cli.RunAsync("run", "live.yaml", "--offline", "--json")).ShouldBe(0, cli.Errors);
        StepRouted routed = await RoutedAsync(cli);
        routed.Tier.ShouldBe("large", "an unknown bandit would have begun with the small one");
        routed.Reason.ShouldBe("1 of 1 similar steps were right with scripted-large");
    }

    [Fact]
    public async Task A_warm_up_that_beats_its_baselines_is_saved_and_the_same_for_the_same_seed()
    {
        using var cli = new TestCli();
        cli.Write("outcomes.jsonl", Table(i => i % 2 == 0));

        (await cli.RunAsync("route", "train", "--policy", "bandit", "--from", "outcomes.jsonl", "--out", "state.json")).ShouldBe(0, cli.Seen);
        cli.Seen.ShouldContain("best model of each group");
        string state = File.ReadAllText(Path.Combine(cli.Folder, "state.json"));
        state.ShouldContain("""{"model":"large","features":["group:g1","source:executor"],"score":1,"usd":0.05}""");
        (await cli.RunAsync("route", "train", "--policy", "bandit", "--from", "outcomes.jsonl", "--out", "state.json", "--json")).ShouldBe(0);
        File.ReadAllText(Path.Combine(cli.Folder, "state.json")).ShouldBe(state);
        JsonElement first = JsonDocument.Parse(cli.Lines).RootElement.GetProperty("figures")[0];
        first.GetProperty("policy").GetString().ShouldBe("bandit, warmed up");
    }

    [Fact]
    public async Task A_warm_up_that_one_model_beats_is_not_saved_and_the_old_state_stays()
    {
        using var cli = new TestCli();
        // the large model is never better: nothing is gained by knowing that from the start, beside always taking the small one
        cli.Write("outcomes.jsonl", Table(_ => true));
        const string before = """{ "format": "agentrouter.bandit", "version": 1, "outcomes": [] }""";
        cli.Write("state.json", before);

        (await cli.RunAsync("route", "train", "--policy", "bandit", "--from", "outcomes.jsonl", "--out", "state.json")).ShouldBe(2);

        cli.Seen.ShouldContain("Not saved: it does not beat ");
        File.ReadAllText(Path.Combine(cli.Folder, "state.json")).ShouldBe(before);
    }

    [Fact]
    public async Task A_prior_for_a_cascade_is_saved_and_used()
    {
        using TestCli cli = Create();
        string table = Table(i => i % 4 == 0).Replace("\"small\"", "\"scripted-small\"", StringComparison.Ordinal).Replace("\"large\"", "\"scripted-large\"", StringComparison.Ordinal);
        cli.Write("outcomes.jsonl", table);

        (await cli.RunAsync("route", "train", "--policy", "cascade", "--from", "outcomes.jsonl")).ShouldBe(0, cli.Errors);
        cli.Seen.ShouldContain("started on");
        cli.Seen.ShouldContain("Saved in cascade.json.");

        cli.Write("live.yaml", Workflow.Replace("ROUTER", "{ policy: cascade, ladder: [large], state: cascade.json }", StringComparison.Ordinal));
        (await cli.RunAsync("run", "live.yaml", "--offline", "--json")).ShouldBe(0, cli.Errors);
        // 90 rows came to it and were right
        (await RoutedAsync(cli)).Candidates[1].PredictedSuccess!.Value.ShouldBe((90 + 2) / (90.0 + 4), 1e-9);
        File.ReadAllText(Path.Combine(cli.Folder, "cascade.json")).ShouldContain("\"passed\":91");
    }

    [Fact]
    public async Task A_prior_that_predicts_nothing_is_not_saved_and_a_ladder_needs_an_order()
    {
        using var cli = new TestCli();
        cli.Write("outcomes.jsonl", Table(_ => true).Replace(",\"costUsd\":0.05", "", StringComparison.Ordinal));

        (await cli.RunAsync("route", "train", "--policy", "cascade", "--from", "outcomes.jsonl")).ShouldBe(64);
        cli.Errors.ShouldContain("the models have no order");
        (await cli.RunAsync("route", "train", "--policy", "cascade", "--from", "outcomes.jsonl", "--ladder", "small")).ShouldBe(64);
        cli.Write("few.jsonl", string.Concat(Table(i => i % 2 == 0).Split('\n').Where(line => line.Length > 0).Take(40).Select(line => line + "\n")));
        (await cli.RunAsync("route", "train", "--policy", "cascade", "--from", "few.jsonl")).ShouldBe(2);
        cli.Seen.ShouldContain("Not saved: ");
        File.Exists(Path.Combine(cli.Folder, "cascade.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Options_of_other_policies_and_tables_of_one_model_are_refused()
    {
        using var cli = new TestCli();
        cli.Write("outcomes.jsonl", """{"id":"1","models":{"small":{"score":1}}}""");

        (await cli.RunAsync("route", "train", "--policy", "bandit", "--from", "outcomes.jsonl")).ShouldBe(64);
        cli.Errors.ShouldContain("There is one model only, small");
        (await cli.RunAsync("route", "train", "--policy", "bandit", "--from", "outcomes.jsonl", "--description", "x")).ShouldBe(64);
        cli.Errors.ShouldContain("--description is not for --policy bandit.");
        (await cli.RunAsync("route", "train", "--from", "outcomes.jsonl", "--success-value", "5")).ShouldBe(64);
        cli.Errors.ShouldContain("--success-value is not for --policy boundary.");
        Directory.GetFiles(cli.Folder).ShouldHaveSingleItem();
    }

    // in group 0 the small model is as good, in group 1 as the flag says
    private static string Table(Func<int, bool> smallIsRight) => string.Concat(Enumerable.Range(0, 120).Select(i => $$$$"""
        {"id":"{{{{i}}}}","group":"g{{{{i % 2}}}}","role":"executor","models":{"small":{"score":{{{{(smallIsRight(i) ? 1 : 0)}}}},"costUsd":0.001},"large":{"score":1,"costUsd":0.05}}}

        """));

    private static async Task<StepRouted> RoutedAsync(TestCli cli)
    {
        using var store = new SqliteRunStore(cli.RunsFolder);
        RunSummary last = await store.ListAsync().FirstAsync();
        return await store.ReadAsync(last.RunId).OfType<StepRouted>().FirstAsync();
    }

    private static TestCli Create()
    {
        var cli = new TestCli();
        cli.Write("script.yaml", Script);
        cli.Write("agents/clerk.yaml", "name: clerk\nrole: executor\ninstructions: Answer.\n");
        return cli;
    }
}
