using System.Text;
using AgentRouter.Cli.Tests.Support;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands.Route;

public sealed class TrainTests
{
    private const string Workflow = """
        name: answer
        script: script.yaml
        inputs: { question: { type: text } }
        nodes:
          work: { prompt: "Answer: {{ inputs.question }}", agent: clerk, next: check }
          check:
            agent: clerk
            prompt: "Is this right? {{ work }}"
            verify: "check == 'yes'"
            next: [ { when: "check == 'yes'", to: done }, { when: "visits('work') < 2", to: work }, { to: gaveUp } ]
          done: { end: succeeded, answer: "{{ work }}" }
          gaveUp: { end: failed, reason: "Wrong twice." }
        """;

    // easy questions are answered by both tiers, hard ones by the large one, the riddle by none
    private const string Script = """
        script: answer
        replies:
          - when: { node: work, messageContains: easy }
            say: right
          - when: { node: work, tier: large, messageContains: hard }
            say: right
          - when: { node: work }
            say: wrong
          - when: { node: check, messageContains: "right? right" }
            say: "yes"
          - when: { node: check }
            say: "no"
        """;

    [Fact]
    public async Task Calibrating_training_and_running_go_hand_in_hand()
    {
        using TestCli cli = Create();
        cli.Write("tasks.jsonl", Tasks("easy", "hard", "riddle"));

        (await cli.RunAsync("route", "calibrate", "answer.yaml", "--tasks", "tasks.jsonl", "--budget", "1", "--offline")).ShouldBe(0);
        string table = await File.ReadAllTextAsync(Path.Combine(cli.Folder, "outcomes.jsonl"));
        table.ShouldContain("\"group\":\"node work\"");
        cli.Seen.ShouldContain("enough?");

        // six tasks teach little, so the policy is saved only when that is asked for
        (await cli.RunAsync("route", "train", "--from", "outcomes.jsonl", "--folds", "2")).ShouldBe(2);
        File.Exists(Path.Combine(cli.Folder, "policy.json")).ShouldBeFalse();
        (await cli.RunAsync("route", "train", "--from", "outcomes.jsonl", "--folds", "2", "--force")).ShouldBe(0);
        cli.Write("routed.yaml", Workflow.Replace("nodes:", "router: { policy: boundary, file: policy.json }\nnodes:", StringComparison.Ordinal));
        (await cli.RunAsync("run", "routed.yaml", "--input", "question=hard", "--json")).ShouldBe(0);
    }

    [Fact]
    public async Task A_calibration_in_which_no_model_solves_anything_asks_for_no_more_of_it()
    {
        using TestCli cli = Create();
        cli.Write("tasks.jsonl", Tasks("riddle"));

        (await cli.RunAsync("route", "calibrate", "answer.yaml", "--tasks", "tasks.jsonl", "--budget", "1", "--offline")).ShouldBe(0);

        cli.Seen.ShouldContain("No model has solved a step of 'node work'");
        cli.Seen.ShouldContain("No: no step was solved by any model");
        cli.Seen.ShouldNotContain("more task like");
    }

    [Fact]
    public async Task A_calibration_goes_on_where_it_stopped_and_never_passes_its_budget()
    {
        using TestCli cli = Create();
        cli.Write("tasks.jsonl", Tasks("easy", "easy", "easy"));

        (await cli.RunAsync("route", "calibrate", "answer.yaml", "--tasks", "tasks.jsonl", "--budget", "0.0008", "--offline")).ShouldBe(3, cli.Seen);
        cli.Seen.ShouldContain("is used up");
        int rows = File.ReadAllLines(Path.Combine(cli.Folder, "outcomes.jsonl")).Length;
        (await cli.RunAsync("route", "calibrate", "answer.yaml", "--tasks", "tasks.jsonl", "--budget", "1", "--offline")).ShouldBe(0);

        File.ReadAllLines(Path.Combine(cli.Folder, "outcomes.jsonl")).Length.ShouldBeGreaterThan(rows);
    }

    [Theory]
    [InlineData("""{"inputs":{}}""", "tasks.jsonl:1: a task needs an 'id'")]
    [InlineData("""{"id":"a","inputs":{"question":"x"}}""" + "\n" + """{"id":"a"}""", "tasks.jsonl:2: the id 'a' is taken")]
    [InlineData("""{"id":"a","inputs":{"qestion":"x"}}""", "has no input 'qestion'")]
    [InlineData("", "There is no task in")]
    public async Task A_bad_task_is_refused_before_anything_is_run(string tasks, string reason)
    {
        using TestCli cli = Create();
        cli.Write("tasks.jsonl", tasks);

        (await cli.RunAsync("route", "calibrate", "answer.yaml", "--tasks", "tasks.jsonl", "--budget", "1", "--offline")).ShouldBe(64);

        cli.Errors.ShouldContain(reason);
        Directory.Exists(cli.RunsFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task What_came_of_training()
    {
        using var cli = new TestCli();
        cli.Write("outcomes.jsonl", Table());

        (await cli.RunAsync("route", "train", "--from", "outcomes.jsonl", "--out", "trained.json")).ShouldBe(0);

        Snapshot.Match(cli.Seen);
        string first = await File.ReadAllTextAsync(Path.Combine(cli.Folder, "trained.json"));
        (await cli.RunAsync("route", "train", "--from", "outcomes.jsonl", "--out", "trained.json")).ShouldBe(0);
        (await File.ReadAllTextAsync(Path.Combine(cli.Folder, "trained.json"))).ShouldBe(first);
    }

    [Fact]
    public async Task A_policy_that_does_not_beat_its_baselines_is_not_saved()
    {
        using var cli = new TestCli();
        // the models are right on the same steps: there is nothing to choose, and cheap first is as good for the same money
        cli.Write("outcomes.jsonl", string.Concat(Enumerable.Range(0, 240).Select(i => Row(i / 2, 1 + i % 2, "g", i % 3 != 0, i % 3 != 0))));

        (await cli.RunAsync("route", "train", "--from", "outcomes.jsonl")).ShouldBe(2);

        cli.Seen.ShouldContain("Not saved: it does not beat ");
        File.Exists(Path.Combine(cli.Folder, "policy.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Requirements_are_trained_saved_and_used()
    {
        using TestCli cli = Create();
        cli.Write("outcomes.jsonl", Questions());

        (await cli.RunAsync("route", "train", "--policy", "capability", "--from", "outcomes.jsonl", "--folds", "2")).ShouldBe(0, cli.Seen);
        cli.Seen.ShouldContain("over the mix");
        cli.Seen.ShouldContain("router: { policy: capability, file: policy.json }");

        cli.Write("routed.yaml", Workflow.Replace("nodes:", "router: { policy: capability, file: policy.json, tau: 0.2, weights: { code: 2 } }\nnodes:", StringComparison.Ordinal));
        (await cli.RunAsync("run", "routed.yaml", "--input", "question=hard", "--json")).ShouldBe(0);
    }

    [Fact]
    public async Task Requirements_without_costs_or_with_options_of_another_policy_are_refused()
    {
        using var cli = new TestCli();
        cli.Write("outcomes.jsonl", string.Concat(Enumerable.Range(0, 20).Select(i => $$$$"""{"id":"{{{{i}}}}","models":{"small":{"score":1},"large":{"score":1}}}""" + "\n")));

        (await cli.RunAsync("route", "train", "--policy", "capability", "--from", "outcomes.jsonl")).ShouldBe(64);
        cli.Errors.ShouldContain("--cost small=USD names the cost of a row");
        (await cli.RunAsync("route", "train", "--policy", "capability", "--from", "outcomes.jsonl", "--classes", "risk")).ShouldBe(64);
        cli.Errors.ShouldContain("--classes is not for --policy capability.");
        (await cli.RunAsync("route", "train", "--from", "outcomes.jsonl", "--config", "agentrouter.yaml")).ShouldBe(64);
        cli.Errors.ShouldContain("--config is not for --policy boundary.");
        File.Exists(Path.Combine(cli.Folder, "policy.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task Requirements_that_tell_nothing_apart_are_not_saved()
    {
        using var cli = new TestCli();
        cli.Write("outcomes.jsonl", string.Concat(Enumerable.Range(0, 120).Select(i => Row(i, 1, "g", true, true))));

        (await cli.RunAsync("route", "train", "--policy", "capability", "--from", "outcomes.jsonl", "--folds", "2")).ShouldBe(2);

        cli.Seen.ShouldContain("Not saved: at the same cost it is no better");
        File.Exists(Path.Combine(cli.Folder, "policy.json")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("outcomes.jsonl", "is read by the same command, and would be lost")]
    [InlineData("notes.md", "is there and is something else: its 'format' is not 'agentrouter.policy/'")]
    [InlineData("nowhere/policy.json", "there is no folder")]
    [InlineData("agents", "is a folder")]
    [InlineData("policy.json.gz", "what is written is not packed")]
    public async Task Nothing_is_trained_for_a_file_that_cannot_be_written_or_holds_something_else(string output, string reason)
    {
        using TestCli cli = Create();
        cli.Write("outcomes.jsonl", Table());
        cli.Write("notes.md", "mine");

        (await cli.RunAsync("route", "train", "--from", "outcomes.jsonl", "--force", "--out", output)).ShouldBe(64);

        cli.Errors.ReplaceLineEndings(" ").ShouldContain(reason);
        cli.Seen.ShouldNotContain("trained on");
        (await File.ReadAllTextAsync(Path.Combine(cli.Folder, "notes.md"))).ShouldBe("mine");
    }

    [Fact]
    public async Task Where_no_task_succeeds_nothing_is_saved_and_the_reason_is_said()
    {
        using var cli = new TestCli(160);
        cli.Write("outcomes.jsonl", string.Concat(Enumerable.Range(0, 120).Select(i => Row(i, 1, "g", false, false).Replace("\"step\"", "\"verified\":true,\"step\"", StringComparison.Ordinal))));

        (await cli.RunAsync("route", "train", "--from", "outcomes.jsonl", "--folds", "2")).ShouldBe(2);

        cli.Seen.ShouldContain("No model has solved a step of 'g'");
        cli.Seen.ShouldContain("Not saved: no task succeeds with any choice of models");
        File.Exists(Path.Combine(cli.Folder, "policy.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_export_replaces_its_own_table_and_no_other()
    {
        using TestCli cli = Create();
        (await cli.RunAsync("run", "answer.yaml", "--input", "question=easy", "--json")).ShouldBe(0);

        (await cli.RunAsync("runs", "export", "--out", "runs.jsonl")).ShouldBe(0);
        (await cli.RunAsync("runs", "export", "--out", "runs.jsonl")).ShouldBe(0);
        cli.Write("gathered.jsonl", Table());
        (await cli.RunAsync("runs", "export", "--out", "gathered.jsonl")).ShouldBe(64);
        cli.Errors.ShouldContain("holds 240 rows that are not in these runs");
        (await cli.RunAsync("runs", "export", "--out", "runs.jsonl.gz")).ShouldBe(64);
        cli.Write("other.yaml", Workflow.Replace("name: answer", "name: other", StringComparison.Ordinal));
        cli.Write("script.yaml", Script.Replace("script: answer", "script: other", StringComparison.Ordinal));
        (await cli.RunAsync("run", "other.yaml", "--input", "question=easy", "--json")).ShouldBe(0, cli.Errors);
        (await cli.RunAsync("runs", "export")).ShouldBe(64);
        cli.Errors.ShouldContain("There are runs of 2 workflows. Name one with --workflow: answer, other.");
    }

    [Theory]
    [InlineData("fixed", "It needs a tier")]
    [InlineData("rules", "It needs at least one rule")]
    public async Task A_policy_that_cannot_be_made_without_settings_says_which(string policy, string reason)
    {
        using TestCli cli = Create();

        (await cli.RunAsync("run", "answer.yaml", "--input", "question=easy", "--policy", policy)).ShouldBe(64);

        cli.Errors.ShouldContain(reason);
    }

    [Fact]
    public async Task Exporting_without_a_run_says_so()
    {
        using var cli = new TestCli();

        (await cli.RunAsync("runs", "export")).ShouldBe(64);

        cli.Errors.ShouldContain("There is nothing to export");
    }

    private static TestCli Create()
    {
        var cli = new TestCli();
        cli.Write("answer.yaml", Workflow);
        cli.Write("script.yaml", Script);
        cli.Write("agents/clerk.yaml", "name: clerk\nrole: executor\ninstructions: Answer.\n");
        return cli;
    }

    private static string Tasks(params string[] questions) =>
        string.Concat(questions.Concat(questions).Select((question, i) => $$$"""{"id":"t{{{i}}}","inputs":{"question":"{{{question}}}"}}""" + "\n"));

    private static string Table()
    {
        var random = new Random(3);
        var rows = new StringBuilder();
        for (int task = 0; task < 80; task++)
        {
            for (int step = 1; step <= 3; step++)
            {
                bool hard = random.Next(2) == 0;
                rows.Append(Row(task, step, hard ? "hard" : "easy", random.NextDouble() < (hard ? 0.1 : 0.95), random.NextDouble() < 0.95));
            }
        }

        return rows.ToString();
    }

    private static string Questions() => string.Concat(Enumerable.Range(0, 120).Select(i => $$$$"""
        {"id":"q{{{{i}}}}","prompt":"{{{{(i * 7 % 3 == 0 ? "Prove the sum" : "Name a city")}}}} of {{{{i}}}} {{{{new string('z', i * 37 % 60)}}}}","models":{"small":{"score":{{{{(i * 7 % 3 == 0 ? 0 : 1)}}}},"costUsd":0.001},"large":{"score":1,"costUsd":0.05}}}

        """));

    private static string Row(int task, int step, string group, bool small, bool large) => $$$$"""
        {"id":"{{{{task}}}}/{{{{step}}}}","task":"{{{{task}}}}","step":{{{{step}}}},"group":"{{{{group}}}}","models":{"small":{"score":{{{{(small ? 1 : 0)}}}},"costUsd":0.01},"large":{"score":{{{{(large ? 1 : 0)}}}},"costUsd":0.05}}}

        """;
}
