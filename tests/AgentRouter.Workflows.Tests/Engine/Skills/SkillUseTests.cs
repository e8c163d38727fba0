using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Use;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Route;
using Microsoft.Extensions.AI;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Skills;

public sealed class SkillUseTests : IDisposable
{
    private readonly SkillBench _skills = SkillBench.OfThree();

    public void Dispose() => _skills.Dispose();

    [Fact]
    public async Task An_agent_is_offered_the_skills_for_its_task_and_opens_what_it_needs()
    {
        var prompts = new List<string>();
        var results = new List<string?>();
        FakeModel opening = SkillBench.Opening("fix-a-test");
        var bench = new Bench(new FakeModel(async (messages, options, token) =>
        {
            prompts.Add(messages.First(message => message.Role == ChatRole.User).Text);
            results.AddRange(messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => result.Result?.ToString()));
            options!.Tools!.Select(tool => tool.Name).ShouldBe(["skills_open", "skills_read", "skills_search"]);
            return await opening.GetResponseAsync(messages, options, token);
        }))
        { Budget = new Budget { Steps = 9 } };

        RunResult result = await bench.RunAsync(Workflow(_skills.Node(), Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        prompts[0].ShouldStartWith("Repair the failing test.\n\n<skills>\n");
        prompts[0].ShouldContain("- fix-a-test: Find and repair the cause of a failing test. (found by ");
        prompts[0].ShouldNotContain("Read the assertion");
        results.ShouldHaveSingleItem()!.ShouldEndWith("# Fix\n\nRead the assertion first.");
        bench.Of<SkillsOffered>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            offered => offered.Node.ShouldBe("work"),
            offered => offered.Text.ShouldBeNull("the texts of prompts are not recorded"),
            offered => offered.Task.Length.ShouldBe(64),
            offered => offered.Skills.Select(skill => skill.Name).ShouldBe(["fix-a-test", "mend-a-test"], ignoreOrder: true),
            offered => offered.Skills[0].Score.ShouldBe(1),
            offered => offered.Skills[0].Reason.ShouldStartWith("found by "));
        SkillOpened opened = bench.Of<SkillOpened>().ShouldHaveSingleItem();
        (opened.Name, opened.Node, opened.Step, opened.IsCut, opened.TokensLeft).ShouldBe(("fix-a-test", "work", 2, false, SkillUseOptions.DefaultMaxTokens - opened.Tokens));
        bench.Of<ToolReturned>().ShouldHaveSingleItem().Tool.ShouldBe("skills.open");
        result.Budget.Spent.Steps.ShouldBe(3, "opening is a step of the budget");
    }

    [Fact]
    public async Task A_trained_ranker_orders_what_is_found()
    {
        _skills.Skill("long-repair", "Explains it.", "Repair the failing test. " + string.Join(' ', Enumerable.Range(0, 100).Select(i => $"word{i}")));
        string file = Path.Combine(_skills.Folder, "ranker.json");
        await File.WriteAllTextAsync(file, """{ "format": "agentrouter.skill-ranker/1", "weights": { "length": 1 } }""");
        var bench = new Bench();

        await bench.RunAsync(Workflow(_skills.Node(_skills.Found() with { Ranker = file }), Done()));

        SkillBench.Names(bench.Events)[0].ShouldBe("long-repair");
        await File.WriteAllTextAsync(file, "nonsense");
        RunResult failed = await new Bench().RunAsync(Workflow(_skills.Node(_skills.Found() with { Ranker = file }), Done()));
        failed.Reason!.ShouldContain("the ranker is not JSON");
    }

    [Fact]
    public async Task Given_skills_are_offered_whatever_the_task_is_and_none_is_searched()
    {
        var bench = new Bench();

        await bench.RunAsync(Workflow(_skills.Node(SkillsDefinition.Of("cut-video") with { From = [_skills.Folder] }), Done()));

        bench.Of<SkillsOffered>().Single().Skills.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            skill => skill.Name.ShouldBe("cut-video"),
            skill => skill.Reason.ShouldBe("given to you"),
            skill => skill.Score.ShouldBeNull());
    }

    [Fact]
    public async Task What_a_node_says_goes_before_the_agent_and_the_workflow_fills_in_what_is_left_out()
    {
        var bench = new Bench(SkillBench.Opening("cut-video"));
        WorkflowDefinition workflow = Workflow(
            _skills.Node(new SkillsDefinition { TopK = 2 }) with { Skills = new SkillsDefinition { Names = ["cut-video"], TopK = 0 } }, Done())
            with
        { Skills = new SkillsDefinition { From = [_skills.Folder], MaxTokens = 500, TopK = 9 } };

        RunResult result = await bench.RunAsync(workflow);

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        SkillBench.Names(bench.Events).ShouldBe(["cut-video"]);
        SkillOpened opened = bench.Of<SkillOpened>().Single();
        (opened.Tokens + opened.TokensLeft).ShouldBe(500);
    }

    [Fact]
    public async Task What_a_skill_says_it_may_use_grants_nothing()
    {
        _skills.Skill("fix-a-test", "Repair a failing test.", "Use workspace_run.", "allowed-tools: workspace.run Bash\n");
        IReadOnlyList<string> tools = [];
        var bench = new Bench(new FakeModel((_, options) =>
        {
            tools = [.. options!.Tools!.Select(tool => tool.Name)];
            return FakeModel.Text("good");
        }))
        { Tools = { new FakeTools("workspace").Add("run", () => "done") } };

        await bench.RunAsync(Workflow(_skills.Node(), Done()));

        tools.ShouldBe(["skills_open", "skills_read", "skills_search"]);
    }

    [Fact]
    public async Task The_agents_own_tools_stay_and_a_tool_of_the_same_name_is_refused()
    {
        var bench = new Bench { Tools = { new FakeTools("box").Add("read", () => "hello"), new FakeTools("skills").Add("open", () => "mine") } };

        RunResult result = await bench.RunAsync(Workflow(_skills.Node() with { Tools = ["box", "skills.open"] }, Done()));

        result.Reason!.ShouldContain("whose tools are named 'skills.open' too");
    }

    [Fact]
    public async Task A_model_that_asks_for_what_is_not_there_is_told_and_goes_on()
    {
        var bench = new Bench(SkillBench.Opening("fix-a-tset", "fix-a-test"));

        RunResult result = await bench.RunAsync(Workflow(_skills.Node(), Done()));

        result.Answer.ShouldBe("good");
        bench.Of<ToolReturned>().First().Result.ShouldBe("There is no skill 'fix-a-tset'. Did you mean 'fix-a-test'? skills_search finds others.");
        bench.Of<SkillOpened>().Single().Name.ShouldBe("fix-a-test");
    }

    [Fact]
    public async Task What_a_search_finds_can_be_opened()
    {
        var bench = new Bench(new FakeModel((messages, _) => messages.Count(message => message.Role == ChatRole.Tool) switch
        {
            0 => FakeModel.Call("skills_search", ("query", "cut a video")),
            1 => FakeModel.Call("skills_open", ("name", "cut-video")),
            _ => FakeModel.Text(messages[^1].Contents.OfType<FunctionResultContent>().Single().Result!.ToString()!),
        }));

        RunResult result = await bench.RunAsync(Workflow(_skills.Node(_skills.Found(topK: 1)), Done()));

        result.Answer!.ShouldEndWith("Do it.");
    }

    [Theory]
    [InlineData("gone", "There is no folder ")]
    [InlineData("", "There is nothing to find skills in: make a folder 'skills' in the project, or name folders under 'from'.")]
    public async Task Where_there_is_no_library_the_node_fails_and_says_so(string folder, string reason)
    {
        var bench = new Bench();

        RunResult result = await bench.RunAsync(Workflow(_skills.Node(new SkillsDefinition { From = folder.Length == 0 ? [] : [Path.Combine(_skills.Folder, folder)] }), Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain(reason);
    }

    [Fact]
    public async Task A_given_skill_that_is_not_there_fails_the_node()
    {
        RunResult result = await new Bench().RunAsync(Workflow(_skills.Node(SkillsDefinition.Of("cut-vidoe") with { From = [_skills.Folder] }), Done()));

        result.Reason.ShouldBe("The skills of node 'work' cannot be offered: There is no skill 'cut-vidoe'. Did you mean 'cut-video'?");
    }

    [Fact]
    public async Task A_skill_that_cannot_be_used_is_a_warning_and_the_others_work()
    {
        _skills.Skill("broken", "");
        var bench = new Bench();

        RunResult result = await bench.RunAsync(Workflow(_skills.Node(), Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        bench.Of<RunWarning>().Single().Message.ShouldStartWith("A skill cannot be used: ");
        SkillBench.Names(bench.Events).Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_skills_of_an_application_are_found_too_and_what_has_changed_is_seen_by_the_next_run()
    {
        var bench = new Bench { SkillSources = { new CodeSkillSource("mine", new AgentRouter.Skills.Skill { Id = "mine", Name = "house-rules", Description = "Repair a failing test by the rules of the house.", Body = "Ask Anna." }) } };
        WorkflowEngine engine = bench.Engine();
        WorkflowDefinition workflow = Workflow(_skills.Node(_skills.Found(topK: 20)), Done());

        await bench.ReadAsync(engine.Start(workflow));
        _skills.Skill("new-one", "Repair failing tests.");
        await bench.ReadAsync(engine.Start(workflow));

        SkillsOffered[] offered = [.. bench.Of<SkillsOffered>()];
        SkillBench.Names([offered[0]]).ShouldContain("house-rules");
        SkillBench.Names([offered[0]]).ShouldNotContain("new-one");
        SkillBench.Names([offered[1]]).ShouldContain("new-one");
    }

    [Fact]
    public async Task A_large_library_is_named_by_its_index()
    {
        string file = Path.Combine(_skills.Folder, "skills.index");
        SkillIndexFile.Save((await SkillIndexer.UpdateAsync(SkillIndex.Empty, [new FolderSkillSource(_skills.Folder)])).Index, file);
        var bench = new Bench(SkillBench.Opening("fix-a-test"));

        RunResult result = await bench.RunAsync(Workflow(_skills.Node(new SkillsDefinition { From = [file] }), Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        bench.Of<SkillOpened>().Single().Name.ShouldBe("fix-a-test");
        await File.WriteAllTextAsync(file, "nonsense");
        (await new Bench().RunAsync(Workflow(_skills.Node(new SkillsDefinition { From = [file] }), Done()))).Reason!.ShouldContain("skills.index");
    }

    [Fact]
    public async Task The_agents_of_a_route_node_use_their_skills()
    {
        var bench = new Bench(SkillBench.Opening("fix-a-test"));
        var route = new RouteNode { Name = "work", Candidates = [new RouteCandidate(_skills.Agent(), null, default)], Prompt = Text("Repair the failing test."), Next = To("done") };

        RunResult result = await bench.RunAsync(Workflow(route, Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        bench.Of<SkillOpened>().Single().Node.ShouldBe("work");
    }

    [Fact]
    public async Task An_agent_with_one_call_is_offered_nothing()
    {
        var bench = new Bench();

        await bench.RunAsync(Workflow(_skills.Node() with { Agent = _skills.Agent() with { MaxCalls = 1 } }, Done()));

        bench.Of<SkillsOffered>().ShouldBeEmpty();
    }
}
