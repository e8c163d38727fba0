using System.Text.Json;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using Spectre.Console.Testing;

namespace AgentRouter.Cli.Tests.Commands;

/// <summary>resume, answer, replay and fork, from a run that waits or was stopped to its end.</summary>
public sealed class GoingOnTests : IDisposable
{
    private readonly TestCli _cli = new();

    public GoingOnTests()
    {
        _cli.Write("ask.yaml", """
            name: ask
            script: script.yaml
            inputs:
              topic: { type: text, default: prices }
            nodes:
              write: { agent: { name: writer, instructions: Write. }, prompt: "Write about {{ inputs.topic }}.", next: ask }
              ask: { human: { question: "Publish it?", choices: ["no", "yes"] }, next: [ { when: "ask == 'yes'", to: polish }, { to: refused } ] }
              polish: { agent: { name: editor, instructions: Edit. }, prompt: "Polish: {{ write }}", next: done }
              done: { end: succeeded, answer: "{{ polish }}" }
              refused: { end: failed, reason: "a person said no" }
            """);
        _cli.Write("script.yaml", """
            script: ask
            replies:
              - when: { agent: writer }
                say: a draft
              - when: { agent: editor }
                say: a polished text
            """);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_run_that_waits_says_how_to_answer_and_goes_on_when_it_is()
    {
        (await _cli.RunAsync("run", "ask.yaml")).ShouldBe(5);
        _cli.Seen.ShouldContain("ask asks\n  Publish it?\n  choices       no, yes\n  answer        agentrouter answer run-1 --choice no");
        _cli.Forget();

        (await _cli.RunAsync("answer", "last", "--choice", "yes")).ShouldBe(0);

        _cli.Seen.ShouldContain("run-1 goes on after event ");
        _cli.Seen.ShouldContain("is spent already");
        _cli.Seen.ShouldContain("✓ succeeded  ask");
        _cli.Seen.ShouldContain("a polished text");
        // the table has the steps of before, too
        _cli.Seen.ShouldContain("writer");
        _cli.Seen.ShouldContain("2 calls");
        (await CallsAsync("run-1")).ShouldBe(["write", "polish"]);
    }

    [Fact]
    public async Task Programs_are_told_how_to_go_on_and_get_the_new_events_only()
    {
        (await _cli.RunAsync("run", "ask.yaml", "--json")).ShouldBe(5);
        _cli.ReadLines().Summary.GetProperty("goOn")[0].GetString().ShouldBe("agentrouter answer run-1 --choice no");
        int before = _cli.ReadLines().Events.Count;
        _cli.Forget();

        (await _cli.RunAsync("answer", "run-1", "--choice", "yes", "--json")).ShouldBe(0);

        (IReadOnlyList<RunEvent> events, JsonElement summary) = _cli.ReadLines();
        events[0].ShouldBeOfType<RunResumed>();
        events[0].Sequence.ShouldBe(before + 2);
        summary.GetProperty("goOn").GetArrayLength().ShouldBe(0);
        summary.GetProperty("calls").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task Open_questions_are_listed()
    {
        await _cli.RunAsync("run", "ask.yaml", "--json");
        (await _cli.RunAsync("answer")).ShouldBe(0);
        _cli.Seen.ShouldContain("run-1 waits for 1 answer.");
        _cli.Seen.ShouldContain("Publish it?");
        (await _cli.RunAsync("answer", "--choice", "perhaps")).ShouldBe(64);
        _cli.Errors.ShouldContain("'perhaps' is none of the choices no, yes");
        (await _cli.RunAsync("answer", "--choice", "yes", "--node", "write")).ShouldBe(64);
        _cli.Errors.ShouldContain("no open question at node 'write'");
    }

    [Fact]
    public async Task An_answer_may_wait_until_somebody_goes_on()
    {
        await _cli.RunAsync("run", "ask.yaml", "--json");
        (await _cli.RunAsync("answer", "--choice", "no", "--no-resume")).ShouldBe(0);
        _cli.Seen.ShouldContain("The answer is recorded.");
        (await _cli.RunAsync("answer")).ShouldBe(0);
        _cli.Seen.ShouldContain("The run run-1 waits for no answer.");
        (await _cli.RunAsync("runs")).ShouldBe(0);
        _cli.Seen.ShouldContain("○ interrupted");
        (await _cli.RunAsync("resume")).ShouldBe(2);
        _cli.Seen.ShouldContain("a person said no");
        (await _cli.RunAsync("resume")).ShouldBe(64);
        _cli.Errors.ShouldContain("The run 'run-1' has ended: failed");
    }

    [Fact]
    public async Task A_person_at_the_terminal_answers_a_run_that_goes_on()
    {
        await _cli.RunAsync("run", "ask.yaml", "--json");
        (await _cli.RunAsync("resume", "--json")).ShouldBe(5);
        _cli.CanAsk = true;
        _cli.Output.Interactive();
        _cli.Output.Input.PushKey(ConsoleKey.DownArrow);
        _cli.Output.Input.PushKey(ConsoleKey.Enter);

        (await _cli.RunAsync("resume")).ShouldBe(0);

        (await CallsAsync("run-1")).ShouldBe(["write", "polish"]);
    }

    [Fact]
    public async Task A_run_that_was_stopped_goes_on_with_its_files()
    {
        _cli.Write("files/note.txt", "old\n");
        _cli.Write("edit.yaml", """
            name: edit
            script: edit-script.yaml
            inputs: { workspace: { type: directory } }
            nodes:
              edit: { agent: { name: editor, instructions: Edit., tools: [workspace] }, prompt: Edit., next: done }
              done: { end: succeeded }
            """);
        _cli.Write("edit-script.yaml", """
            script: edit
            replies:
              - when: { call: 1 }
                call: [ { tool: workspace_write, arguments: { path: note.txt, content: "new\n" } } ]
              - say: written
                latencyMs: 300
            """);
        using var stop = new StopSignal(() => throw new InvalidOperationException("ended at once"));
        _cli.OnLine = line =>
        {
            if (line.Contains("\"tool.returned\"", StringComparison.Ordinal))
                stop.Raise();
        };
        (await _cli.RunAsync(stop.Token, "run", "edit.yaml", "-i", "workspace=files", "--json")).ShouldBe(4);
        _cli.ReadLines().Summary.GetProperty("goOn")[0].GetString().ShouldBe("agentrouter resume run-1");
        (await _cli.RunAsync("runs", "show")).ShouldBe(0);
        _cli.Seen.ShouldContain("go on         agentrouter resume run-1");
        _cli.OnLine = null;

        (await _cli.RunAsync("resume")).ShouldBe(0);

        _cli.Seen.ShouldContain("  -old\n  +new");
        _cli.Seen.ShouldContain("FOLDER/data/runs/run-1/workspace");
        _cli.Seen.ShouldContain("  3  edit"); // the answer after the tool
        File.ReadAllText(Path.Combine(_cli.Folder, "files", "note.txt")).ShouldBe("old\n");
        (await _cli.RunAsync("trace")).ShouldBe(0);
        _cli.Seen.ShouldContain("the work ended here: cancelled");
        _cli.Seen.ShouldContain("another process goes on after event");
    }

    [Fact]
    public async Task Files_that_are_gone_or_have_changed_are_told()
    {
        await _cli.RunAsync("run", "ask.yaml", "--json");
        string file = Path.Combine(_cli.Folder, "ask.yaml");
        string text = await File.ReadAllTextAsync(file);
        File.Delete(file);
        (await _cli.RunAsync("resume")).ShouldBe(64);
        Flat(_cli.Errors).ShouldContain("The workflow of the run 'run-1' was FOLDER/ask.yaml, and that file is gone.");

        _cli.Write("ask.yaml", "# a remark\n" + text);
        (await _cli.RunAsync("resume")).ShouldBe(5);
        _cli.Seen.ShouldContain("ask.yaml has changed since the run began.");

        _cli.Write("ask.yaml", text.Replace("  write:", "  draft:", StringComparison.Ordinal).Replace("{{ write }}", "{{ draft }}", StringComparison.Ordinal));
        (await _cli.RunAsync("resume")).ShouldBe(2);
        Flat(_cli.Seen).ShouldContain("is recorded, but now node 'draft' comes");
        _cli.Seen.ShouldContain("agentrouter resume run-1");

        _cli.Write("ask.yaml", text);
        (await _cli.RunAsync("answer", "--choice", "yes")).ShouldBe(0);
    }

    [Fact]
    public async Task A_run_that_another_process_works_on_is_left_alone()
    {
        await _cli.RunAsync("run", "ask.yaml", "--json");
        using var other = new SqliteRunStore(_cli.RunsFolder);
        await using IRunRecord record = await other.OpenAsync("run-1");

        (await _cli.RunAsync("resume")).ShouldBe(2);

        _cli.Errors.ShouldContain("The run 'run-1' is in use by");
    }

    [Fact]
    public async Task A_run_that_is_worked_on_is_listed_as_running()
    {
        await _cli.RunAsync("run", "ask.yaml", "--json");
        await _cli.RunAsync("answer", "--choice", "yes", "--no-resume");
        using (var other = new SqliteRunStore(_cli.RunsFolder))
        {
            await using IRunRecord record = await other.OpenAsync("run-1");
            (await _cli.RunAsync("runs")).ShouldBe(0);
            _cli.Seen.ShouldContain("running");
            (await _cli.RunAsync("runs", "show")).ShouldBe(0);
            _cli.Seen.ShouldContain($"works in      {Environment.MachineName}, process {Environment.ProcessId}");
        }
    }

    [Fact]
    public async Task A_replay_finds_everything_as_recorded()
    {
        await _cli.RunAsync("run", "ask.yaml", "--json");
        await _cli.RunAsync("answer", "--choice", "yes", "--json");
        int events = (await EventsAsync("run-1")).Count;

        (await _cli.RunAsync("replay")).ShouldBe(0);

        _cli.Seen.ShouldContain($"✓ 2 decisions, {events} events: all as recorded");
        (await EventsAsync("run-1")).Count.ShouldBe(events);
    }

    [Fact]
    public async Task A_replay_names_the_first_event_that_differs()
    {
        await _cli.RunAsync("run", "ask.yaml", "--json");
        await _cli.RunAsync("answer", "--choice", "yes", "--json");
        _cli.Write("ask.yaml", (await File.ReadAllTextAsync(Path.Combine(_cli.Folder, "ask.yaml"))).Replace("ask == 'yes'", "ask == 'no'", StringComparison.Ordinal));

        (await _cli.RunAsync("replay")).ShouldBe(2);

        _cli.Seen.ShouldContain("1 decision as recorded, then event");
        Flat(_cli.Seen).ShouldContain("the way to 'polish' is recorded, but now the way to 'refused' comes");
        _cli.Seen.ShouldContain("has changed   FOLDER/ask.yaml");
    }

    [Fact]
    public async Task A_replay_tells_what_another_policy_would_have_chosen()
    {
        await _cli.RunAsync("run", "ask.yaml", "--json", "--policy", "always-small");
        await _cli.RunAsync("answer", "--choice", "yes", "--json");

        (await _cli.RunAsync("replay", "--policy", "always-large")).ShouldBe(0);

        _cli.Seen.ShouldContain("always-small as recorded, always-large instead");
        _cli.Seen.ShouldContain("2 of 2 differ");
        _cli.Seen.ShouldContain("is not known");
        (await _cli.RunAsync("replay", "--policy", "always-lrge")).ShouldBe(64);
        _cli.Errors.ShouldContain("Did you mean 'always-large'?");
        _cli.Forget();
        (await _cli.RunAsync("replay", "--policy", "always-large", "--json")).ShouldBe(0);
        JsonElement report = JsonDocument.Parse(_cli.Lines).RootElement;
        report.GetProperty("differing").GetInt32().ShouldBe(2);
        report.GetProperty("otherExpectedUsd").GetDecimal().ShouldBeGreaterThan(report.GetProperty("expectedUsd").GetDecimal());
    }

    [Fact]
    public async Task A_replay_reads_a_policy_from_its_file()
    {
        await _cli.RunAsync("run", "ask.yaml", "--json");
        string state = _cli.Write("state.json", """{ "format": "agentrouter.bandit", "version": 1, "outcomes": [] }""");
        (await _cli.RunAsync("replay", "--policy", "state.json")).ShouldBe(0);
        _cli.Seen.ShouldContain("bandit instead");
        (await File.ReadAllTextAsync(state)).ShouldContain("\"outcomes\": []");
        (await _cli.RunAsync("replay", "--policy", "nothing.json")).ShouldBe(64);
        _cli.Errors.ShouldContain("There is no policy file FOLDER/nothing.json");
    }

    [Fact]
    public async Task A_fork_goes_another_way_and_pays_the_beginning_once()
    {
        await _cli.RunAsync("run", "ask.yaml", "--json");
        await _cli.RunAsync("answer", "--choice", "no", "--json");
        RunEvent asked = (await EventsAsync("run-1")).Single(next => next is PersonAsked);

        (await _cli.RunAsync("fork", "run-1", "--at", $"{asked.Sequence}", "--set", "write=another draft")).ShouldBe(5);
        _cli.Seen.ShouldContain($"run-2 shares the events of run-1 up to {asked.Sequence}.");
        (await _cli.RunAsync("answer", "run-2", "--choice", "yes")).ShouldBe(0);

        (await CallsAsync("run-2")).ShouldBe(["write", "polish"]);
        (await _cli.RunAsync("trace", "run-2")).ShouldBe(0);
        _cli.Seen.ShouldContain($"a fork of run-1 up to its event {asked.Sequence}, with another write");
        _cli.Forget();
        (await _cli.RunAsync("spend", "--json")).ShouldBe(0);
        _cli.Lines.ShouldContain("\"calls\":2");
    }

    [Fact]
    public async Task A_fork_works_on_a_copy_of_the_files()
    {
        _cli.Write("files/note.txt", "old\n");
        _cli.Write("check.yaml", """
            name: check
            script: script.yaml
            inputs: { workspace: { type: directory }, count: { type: number, default: 1 } }
            nodes:
              ask: { human: { question: "Good?" }, next: done }
              done: { end: succeeded, answer: "{{ inputs.count }} {{ inputs.workspace }}" }
            """);
        await _cli.RunAsync("run", "check.yaml", "-i", "workspace=files", "--json");
        _cli.Write("data/runs/run-1/workspace/note.txt", "now\n");

        (await _cli.RunAsync("fork", "--at", "2", "--set", "inputs.count=3", "--no-resume")).ShouldBe(0);
        _cli.Seen.ShouldContain("agentrouter resume run-2 goes on with it.");
        (await _cli.RunAsync("answer", "run-2", "--choice", "very")).ShouldBe(64, "it has not been asked yet");
        (await _cli.RunAsync("resume", "run-2")).ShouldBe(5);
        (await _cli.RunAsync("answer", "run-2", "--choice", "very")).ShouldBe(0);

        _cli.Seen.ShouldContain("  3 FOLDER/data/runs/run-2/workspace");
        File.ReadAllText(Path.Combine(_cli.RunsFolder, "run-2", "workspace", "note.txt")).ShouldBe("now\n");
        _cli.Seen.ShouldContain("  -old\n  +now");
    }

    [Fact]
    public async Task A_fork_that_is_only_made_needs_no_keys()
    {
        _cli.Secrets["A_KEY"] = "secret";
        _cli.Write("agentrouter.yaml", """
            providers: { cloud: { kind: openai, apiKey: A_KEY } }
            models: { one: { provider: cloud, tier: small, price: free } }
            """);
        _cli.Write("check.yaml", """
            name: check
            nodes:
              ask: { human: { question: "Good?" }, next: done }
              done: { end: succeeded }
            """);
        (await _cli.RunAsync("run", "check.yaml", "--json")).ShouldBe(5);
        _cli.Secrets.Clear();

        (await _cli.RunAsync("fork", "--at", "2", "--no-resume")).ShouldBe(0, _cli.Errors);
        (await _cli.RunAsync("fork", "--at", "2")).ShouldBe(64);

        _cli.Errors.ShouldContain("A_KEY");
    }

    [Theory]
    [InlineData("No provider is configured: the models are scripted")]
    [InlineData("Offline: the models are scripted", "--offline")]
    public async Task A_run_that_goes_on_says_why_its_models_are_scripted_as_it_did_when_it_began(string sentence, params string[] options)
    {
        (await _cli.RunAsync(["run", "ask.yaml", .. options])).ShouldBe(5);
        (await _cli.RunAsync("resume")).ShouldBe(5);
        _cli.Seen.Split(sentence).Length.ShouldBe(3, _cli.Seen);
    }

    [Theory]
    [InlineData("runs: { durability: sync }")]
    [InlineData("runs: { folder: data/runs }", "--durability", "sync")]
    public async Task A_run_can_be_recorded_so_that_it_survives_a_power_cut(string configuration, params string[] options)
    {
        _cli.Write("agentrouter.yaml", configuration);
        (await _cli.RunAsync(["run", "ask.yaml", "--json", .. options])).ShouldBe(5);
        (await _cli.RunAsync(["fork", "--at", "3", "--no-resume", .. options])).ShouldBe(0);
        (await _cli.RunAsync(["answer", "run-1", "--choice", "yes", "--json", .. options])).ShouldBe(0);
        (await _cli.RunAsync("run", "ask.yaml", "--durability", "memory")).ShouldBe(64);
        _cli.Errors.ShouldContain("--durability is async or sync; 'memory' is neither.");
    }

    [Theory]
    [InlineData("--at 1000", "cannot be forked at 1000")]
    [InlineData("--at 3 --set writ=x", "'writ' is no input")]
    [InlineData("--at 3 --set inputs.topik=x", "Did you mean 'topic'?")]
    [InlineData("--at 3 --set x", "'x' has no name")]
    [InlineData("", "--at")]
    public async Task A_fork_that_cannot_be_is_told_and_nothing_is_left(string options, string message)
    {
        await _cli.RunAsync("run", "ask.yaml", "--json");
        (await _cli.RunAsync(["fork", "last", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).ShouldBe(64);
        _cli.Errors.ShouldContain(message);
        _cli.Forget();
        await _cli.RunAsync("runs");
        _cli.Seen.ShouldContain("1 run in");
    }

    // as it was before it was broken into lines
    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<List<RunEvent>> EventsAsync(string runId)
    {
        using var store = new SqliteRunStore(_cli.RunsFolder);
        return await store.ReadAsync(runId).ToListAsync();
    }

    private async Task<string[]> CallsAsync(string runId) => [.. (await EventsAsync(runId)).OfType<CallAnswered>().Select(call => call.Node!)];
}
