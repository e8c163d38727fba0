using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Memory;
using AgentRouter.Memory.Storage.Sqlite;
using AgentRouter.Expressions;
using AgentRouter.Failures;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Tools.Workspace;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Nodes.Human;

namespace AgentRouter.Testing.Tests;

public sealed class WorkflowTestHostTests : IDisposable
{
    private readonly TempFile _file = new("repair.yaml", RepairWorkflow.Yaml);

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_workflow_file_runs_on_a_script_fake_tools_and_its_own_policy()
    {
        var host = new WorkflowTestHost(_file.Path) { Script = RepairWorkflow.Script, Tools = { RepairWorkflow.Tools() } };

        TestRun run = await host.RunAsync(("issue", "Totals are wrong."));

        run.ShouldHaveEnded(RunOutcome.Succeeded)
            .ShouldHaveAnswered("Repaired the rounding.")
            .ShouldHaveVisitedOnly("plan", "code", "test", "code", "test", "done")
            .ShouldHaveVisited("code", "done")
            .ShouldNotHaveVisited("gaveUp")
            .ShouldHaveRouted("plan", tier: "small")
            .ShouldHaveRouted("code", visit: 1, tier: "small")
            .ShouldHaveRouted("code", visit: 2, tier: "large", model: "scripted-large")
            .ShouldHaveCalledTool("workspace.read", times: 2, with: "Cart.cs")
            .ShouldHaveCalledTool("workspace.test")
            .ShouldNotHaveCalledTool("workspace.write")
            .ShouldHaveSpentAtMost(0.25m)
            .LedgerShouldBalance();
        run.OutputOf("plan")!.GetValue<string>().ShouldBe("Look at the cart.");
        run.Events.OfType<RunStarted>().Single().Policy.ShouldBe("rules");
        run.SpentUsd.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Two_runs_of_the_same_script_are_the_same_run()
    {
        string[] records = new string[2];
        for (int i = 0; i < records.Length; i++)
        {
            var host = new WorkflowTestHost(_file.Path) { Script = RepairWorkflow.Script, Tools = { RepairWorkflow.Tools() } };
            TestRun run = await host.RunAsync(("issue", "Totals are wrong."));
            records[i] = string.Join('\n', run.Events.Select(RunEventJson.Serialize));
        }

        records[0].ShouldBe(records[1]);
        records[0].ShouldContain("run-1");
    }

    [Fact]
    public async Task The_policy_and_the_budget_can_be_others_than_the_workflows()
    {
        var host = new WorkflowTestHost(_file.Path) { Script = RepairWorkflow.Script, Tools = { RepairWorkflow.Tools(passFrom: 9) }, Budget = new Budget { Calls = 4 } };
        host.Routing.UseAlwaysLarge();
        host.Script = TestScript.For("w").When(role: "wrapUp").Says("This much was done.").When(role: "executor").Says("x").When(role: "planner").Says("y");

        TestRun run = await host.RunAsync(("issue", "i"));

        // one of the four calls is kept for the last answer
        run.ShouldHaveEnded(RunOutcome.BudgetExceeded, because: "4 calls")
            .ShouldHaveRouted(null, tier: "large")
            .ShouldHaveAnswered("This much was done.")
            .LedgerShouldBalance();
        run.Result.Budget.Spent.Calls.ShouldBe(4);
    }

    [Fact]
    public async Task A_call_that_fails_twice_is_tried_again_without_a_wait()
    {
        var host = new WorkflowTestHost(_file.Path)
        {
            Tools = { RepairWorkflow.Tools(passFrom: 1) },
            Script = TestScript.For("throttled")
                .When(role: "planner").Fails(FailureClass.Throttled, times: 2, message: "Slow down.")
                .When(role: "planner").Says("The plan.")
                .Always().Says("Done."),
        };

        TestRun run = await host.RunAsync(("issue", "i"));

        run.ShouldHaveEnded(RunOutcome.Succeeded).LedgerShouldBalance();
        run.Events.OfType<CallFailed>().Count(failed => failed.Message == "Slow down.").ShouldBe(2);
        run.OutputOf("plan")!.GetValue<string>().ShouldBe("The plan.");
    }

    [Fact]
    public async Task Time_passes_when_the_test_says_so()
    {
        var host = new WorkflowTestHost(_file.Path)
        {
            Tools = { RepairWorkflow.Tools(passFrom: 1) },
            Script = TestScript.For("slow").When(role: "planner").After(TimeSpan.FromMinutes(2)).Says("At last.").Always().Says("Done."),
        };
        WorkflowRun run = host.Start([("issue", "i")]);
        Task<TestRun> finished = host.FinishAsync(run);

        while (!finished.IsCompleted)
        {
            // the run may not have asked its model yet
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        TestRun ended = (await finished).ShouldHaveEnded(RunOutcome.Succeeded);
        ended.Events.OfType<CallAnswered>().First().Latency.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_run_that_waits_for_the_clock_is_given_up_with_the_place_where_it_is_stuck()
    {
        var host = new WorkflowTestHost(_file.Path)
        {
            Script = TestScript.For("slow").Always().After(TimeSpan.FromHours(1)).Says("At last."),
            Tools = { RepairWorkflow.Tools() },
            StuckAfter = TimeSpan.FromSeconds(0.3),
        };

        RunAssertionException stuck = await Should.ThrowAsync<RunAssertionException>(() => host.RunAsync(("issue", "i")));

        stuck.Message.ShouldContain("host.Clock.Advance");
        stuck.Message.ShouldContain("plan (agent, visit 1)");
    }

    [Fact]
    public async Task A_person_answers_in_turn()
    {
        var person = new TestPerson("yes");
        var workflow = new WorkflowDefinition
        {
            Name = "ask",
            Nodes =
            [
                new HumanNode { Name = "sure", Question = Template.Parse("Sure?", ExpressionNames.Unchecked), Choices = ["yes", "no"], Next = [new EdgeDefinition("done", null, default)] },
                new EndNode { Name = "done", Outcome = RunOutcome.Succeeded, Answer = Template.Parse("{{ sure }}", ExpressionNames.Unchecked) },
            ],
        };

        (await new WorkflowTestHost(workflow) { Script = TestScript.For(), Person = person }.RunAsync()).ShouldHaveAnswered("yes");
        (await new WorkflowTestHost(workflow) { Script = TestScript.For(), Person = person }.RunAsync()).ShouldHaveEnded(RunOutcome.Waiting);

        person.Asked.Select(question => question.Text).ShouldBe(["Sure?", "Sure?"]);
    }

    [Fact]
    public async Task What_is_wrong_is_said_before_anything_runs()
    {
        using var broken = new TempFile("broken.yaml", RepairWorkflow.Yaml.Replace("next: code", "next: cood"));

        (await Should.ThrowAsync<ConfigurationException>(() => new WorkflowTestHost(broken.Path) { Script = RepairWorkflow.Script, Tools = { RepairWorkflow.Tools() } }.RunAsync(("issue", "i"))))
            .Message.ShouldContain("cood");
        (await Should.ThrowAsync<ConfigurationException>(() => new WorkflowTestHost(_file.Path) { Script = RepairWorkflow.Script, Tools = { RepairWorkflow.Tools() } }.RunAsync()))
            .Message.ShouldContain("issue");
        (await Should.ThrowAsync<InvalidOperationException>(() => new WorkflowTestHost(_file.Path) { Tools = { RepairWorkflow.Tools() } }.RunAsync(("issue", "i"))))
            .Message.ShouldContain("names no script");
    }

    [Fact]
    public async Task The_shipped_research_workflow_runs_with_the_real_tools_and_its_own_script()
    {
        string root = DocumentedSnippets.RepositoryRoot();
        using var copy = new TempFile("question.txt", "");
        foreach (string document in Directory.GetFiles(Path.Combine(root, "samples", "research", "documents")))
            File.Copy(document, Path.Combine(copy.Folder, Path.GetFileName(document)));
        var host = new WorkflowTestHost(Path.Combine(root, "graphs", "research-report.yaml")) { Tools = { new WorkspaceToolSource() } };

        TestRun run = await host.RunAsync(("workspace", copy.Folder));

        run.ShouldHaveEnded(RunOutcome.Succeeded).LedgerShouldBalance();
    }

    [Fact]
    public async Task The_shipped_research_workflow_with_a_memory_answers_a_second_question_from_what_the_first_has_left_and_names_its_evidence()
    {
        string root = DocumentedSnippets.RepositoryRoot();
        using var copy = new TempFile("question.txt", "");
        foreach (string document in Directory.GetFiles(Path.Combine(root, "samples", "research", "documents")))
            File.Copy(document, Path.Combine(copy.Folder, Path.GetFileName(document)));
        string folder = Directory.CreateTempSubdirectory("agentrouter-research-").FullName;
        try
        {
            await using var store = new SqliteMemoryStore(folder);
            await using var memory = new GraphMemory(store);

            TestRun first = await AskAsync();
            TestRun second = await AskAsync(("question", "What happens after a failed fsync?"));

            first.Events.OfType<MemoryRecalled>().First().Notes.ShouldBeEmpty("nothing is known before the first run");
            first.Events.OfType<ToolReturned>().Count(returned => returned.Tool == "memory.remember").ShouldBe(4);
            RecalledNote evidence = second.Events.OfType<MemoryRecalled>().ShouldHaveSingleItem().Notes[0];
            (evidence.Number, evidence.Scope).ShouldBe((1, "project:research"));
            second.Answer.ShouldNotBeNull().ShouldContain("[flushing.md#when-flushing-fails] [1]");
            second.Events.OfType<ToolReturned>().ShouldBeEmpty("no document is read");
            second.Result.Budget.Spent.Calls.ShouldBe(1);
            second.SpentUsd.ShouldBeLessThan(first.SpentUsd / 5);

            async Task<TestRun> AskAsync(params (string Name, System.Text.Json.Nodes.JsonNode? Value)[] question)
            {
                var host = new WorkflowTestHost(Path.Combine(root, "graphs", "research-memory.yaml")) { Tools = { new WorkspaceToolSource() }, Memory = memory };
                return (await host.RunAsync([("workspace", copy.Folder), .. question])).ShouldHaveEnded(RunOutcome.Succeeded).LedgerShouldBalance();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
