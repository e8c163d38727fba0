using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Memory.Context;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.Branch;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Nodes.Human;
using AgentRouter.Workflows.Nodes.Map;
using AgentRouter.Workflows.Nodes.Parallel;
using AgentRouter.Workflows.Nodes.Tool;
using AgentRouter.Workflows.Nodes.Workflow;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Tests.Yaml;

public sealed class WorkflowLoaderTests : IDisposable
{
    private readonly TestProject _project = new TestProject().WithAgents("planner", "coder", "reviewer");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void The_limit_of_a_context_is_read_in_all_its_forms()
    {
        WorkflowDefinition workflow = _project.LoadRight(
            """
            name: contexts
            context: { tokens: 24000, strategy: summarize, keepLast: 3 }
            agents:
              short: { instructions: a, context: 9_000 }
              share: { instructions: a, context: 0.4 }
              other: { instructions: a, context: { strategy: recall } }
              none: { instructions: a, context: { strategy: none } }
              ahead: { instructions: a, context: { strategy: auto, lookAhead: 2 } }
            nodes:
              a: { agent: short, next: b }
              b: { agent: share, next: c }
              c: { agent: other, next: d }
              d: { agent: none, next: e }
              e: { agent: ahead, next: done }
              done: { end: succeeded }
            """);

        workflow.Nodes.OfType<AgentNode>().Select(node => ContextDefinition.Of(node.Agent.Context, workflow.Context)).Select(context => (context?.Tokens, context?.Share, context?.Strategy, context?.KeepLast, context?.LookAhead)).ShouldBe(
        [
            (9_000, null, ContextStrategy.Summarize, 3, null),
            (null, 0.4m, ContextStrategy.Summarize, 3, null),
            (24_000, null, ContextStrategy.Recall, 3, null),
            (null, null, null, null, null),
            (24_000, null, ContextStrategy.Auto, 3, 2),
        ]);
    }

    [Fact]
    public void The_first_workflow_of_the_readme_is_read_in_full()
    {
        _project.With("samples/workspace/README.md", "");
        _project.With("graphs/script.yaml", "replies: []");

        WorkflowDefinition workflow = _project.LoadRight(
            """
            name: fix-failing-test
            description: Repairs code.
            script: script.yaml
            inputs: { workspace: { type: directory, default: samples/workspace }, issue: { type: text, description: What is wrong. }, tries: { type: number, default: 3 } }
            budget: { usd: 0.25, calls: 40, time: 10m, mode: enforce, onExceeded: wrapUp, reserveForWrapUp: 10% }
            router: { policy: rules, tiers: [small, large], rules: [ { when: "visit > 1", tier: large }, { tier: small } ] }
            maxVisits: 50
            nodes:
              plan:   { agent: planner, output: thePlan, next: code }
              code:   { agent: coder, tools: [workspace], prompt: "Fix {{ inputs.issue }} by {{ thePlan }}", conversation: keep, next: test, onError: gaveUp, timeout: 90s }
              test:   { tool: workspace.test, verify: "test.exitCode == 0", next: [ { when: "test.exitCode == 0", to: review }, { when: "visits('code') < 4", to: code }, { to: gaveUp } ] }
              review: { agent: reviewer, outputSchema: { approved: boolean, comment: text, files: [text] }, next: done }
              done:   { end: succeeded, answer: "{{ review.comment }}" }
              gaveUp: { end: failed, reason: "{{ error.message }}" }
            """);

        workflow.Name.ShouldBe("fix-failing-test");
        workflow.Script.ShouldBe(Path.Join(_project.Root, "graphs/script.yaml"));
        workflow.ProjectRoot.ShouldBe(_project.Root);
        workflow.MaxVisits.ShouldBe(50);
        workflow.Inputs.Select(input => (input.Name, input.Type)).ShouldBe([("workspace", InputType.Directory), ("issue", InputType.Text), ("tries", InputType.Number)]);
        workflow.Inputs[0].Default!.GetValue<string>().ShouldBe(Path.Join(_project.Root, "samples/workspace"));
        workflow.Budget.ShouldBe(new Budget { Usd = 0.25m, Calls = 40, Time = TimeSpan.FromMinutes(10), ReserveForWrapUp = 0.1m });
        workflow.Router.Policy.ShouldBe("rules");
        workflow.Router.Rules.Select(rule => (rule.When?.Text, rule.Tier)).ShouldBe([("visit > 1", "large"), (null, "small")]);
        workflow.Nodes.Select(node => node.Name).ShouldBe(["plan", "code", "test", "review", "done", "gaveUp"]);

        var plan = workflow.Nodes[0].ShouldBeOfType<AgentNode>();
        plan.Agent.Role.ShouldBe("planner");
        plan.Output.ShouldBe("thePlan");
        plan.Next.ShouldHaveSingleItem().To.ShouldBe("code");
        var code = workflow.Nodes[1].ShouldBeOfType<AgentNode>();
        code.Tools.ShouldBe(["workspace"]);
        code.KeepConversation.ShouldBeTrue();
        code.OnError.ShouldBe("gaveUp");
        code.Timeout.ShouldBe(TimeSpan.FromSeconds(90));
        var test = workflow.Nodes[2].ShouldBeOfType<ToolNode>();
        test.Verify!.Text.ShouldBe("test.exitCode == 0");
        test.Next.Select(edge => edge.To).ShouldBe(["review", "code", "gaveUp"]);
        test.OutputType.ShouldBeOfType<DataType.Object>().Fields["exitCode"].ShouldBe(DataType.Number);
        var fields = workflow.Nodes[3].OutputType.ShouldBeOfType<DataType.Object>().Fields;
        fields["files"].ShouldBe(new DataType.List(DataType.Text));
        workflow.Nodes[4].ShouldBeOfType<EndNode>().Outcome.ShouldBe(RunOutcome.Succeeded);
        workflow.Nodes[5].Location.ShouldBe(new SourceLocation(Path.Join(_project.Root, "graphs/w.yaml"), 14, 3));
    }

    [Fact]
    public void Every_kind_of_node_is_read()
    {
        _project.With("graphs/inner.yaml", "name: inner\ninputs: { topic: text }\nnodes: { done: { end: succeeded } }\n");

        WorkflowDefinition workflow = _project.LoadRight(
            """
            name: kinds
            inputs: { questions: list, deep: { type: boolean, default: false } }
            budget: { usd: 1 }
            agents:
              critic: { instructions: "Judge {{ inputs.questions }}.", tiers: [large], maxCalls: 2, temperature: 0.5 }
              borrowed: ../agents/planner.yaml
            start: choose
            nodes:
              choose:
                branch: [ { when: inputs.deep, to: spread }, { to: each } ]
              spread:
                parallel:
                  branches:
                    facts: { agent: critic }
                    files: { tool: workspace.read, arguments: { path: "{{ inputs.questions[0] }}", startLine: 3, lineNumbers: true } }
                  join: any
                  grants: { facts: { usd: 0.25, calls: 3 } }
                next: each
              each:
                map:
                  over: inputs.questions
                  as: question
                  parallelism: 2
                  node: { agent: { role: researcher, instructions: Answer., outputSchema: { answer: text } }, prompt: "{{ index }}: {{ question }}" }
                next: nested
              nested: { workflow: inner.yaml, inputs: { topic: "{{ each[0].answer }}" }, grant: { usd: 0.5 }, next: ask }
              ask: { human: { question: "Good? {{ spread.facts }}", choices: [yes, no], default: no, timeout: 5m }, next: only }
              only: { branch: , next: fin }
              fin: { agent: borrowed, next: done }
              done: { end: succeeded }
            """);

        workflow.Start.ShouldBe("choose");
        workflow.Nodes[0].ShouldBeOfType<BranchNode>().Next.Count.ShouldBe(2);
        var spread = workflow.Nodes[1].ShouldBeOfType<ParallelNode>();
        spread.Join.ShouldBe(1);
        spread.Grants["facts"].Usd.ShouldBe(0.25m);
        spread.Branches[0].ShouldBeOfType<AgentNode>().Agent.Tiers.ShouldBe(["large"]);
        var files = spread.Branches[1].ShouldBeOfType<ToolNode>();
        files.Arguments["path"].ShouldBeOfType<Template>();
        ((JsonNode)files.Arguments["startLine"]!).GetValue<long>().ShouldBe(3);
        var each = workflow.Nodes[2].ShouldBeOfType<MapNode>();
        each.As.ShouldBe("question");
        each.Body.Name.ShouldBe("each");
        each.OutputType.ShouldBeOfType<DataType.List>();
        var nested = workflow.Nodes[3].ShouldBeOfType<WorkflowNode>();
        nested.Workflow.Name.ShouldBe("inner");
        nested.Grant!.Usd.ShouldBe(0.5m);
        var ask = workflow.Nodes[4].ShouldBeOfType<HumanNode>();
        ask.Choices.ShouldBe(["yes", "no"]);
        ask.Timeout.ShouldBe(TimeSpan.FromMinutes(5));
        workflow.Nodes[5].ShouldBeOfType<BranchNode>().Next.ShouldHaveSingleItem().To.ShouldBe("fin");
        workflow.Nodes[6].ShouldBeOfType<AgentNode>().Agent.Name.ShouldBe("planner");
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_with_its_place()
    {
        LoadResult<WorkflowDefinition> result = _project.Load(
            """
            name: broken
            descripton: typo
            inputs:
              issue: txt
              count: { type: number, default: many }
            budget: { usd: -1, onExceeded: panic, time: soon }
            router: { policy: rule, tiers: [small], rules: [ { when: "rol == 'x'", tier: big } ] }
            nodes:
              plan: { agent: planer, next: cod }
              code:
                agent: coder
                tools: [workspace.raed]
                prompt: |
                  First line
                    and {{ inputs.isue }} and more
                next: test
              test:
                tool: workspace.test
                arguments: { comand: x }
                verify: "test.exitCode == 'zero'"
                next: [ { when: "visits('cod') < 3", to: code }, { to: lost }, { to: done } ]
              lost: { agent: coder }
              alone: { agnt: coder, next: done }
              done: { end: succeded, next: plan }
            """);

        result.Succeeded.ShouldBeFalse();
        result.Definition.ShouldBeNull();
        string.Join('\n', _project.Lines(result.Diagnostics)).ShouldBe(string.Join('\n',
        [
            "graphs/w.yaml:2:1: error: The workflow has no key 'descripton'. Did you mean 'description'?",
            "graphs/w.yaml:4:10: error: There is no input type 'txt'. Did you mean 'text'?",
            "graphs/w.yaml:5:35: error: The input 'count' takes a number, not \"many\".",
            "graphs/w.yaml:6:16: error: A budget's limit is above zero, but usd is -1. Leave it out for no limit.",
            "graphs/w.yaml:6:32: error: 'onExceeded' of 'budget' of the workflow should be wrapUp or degrade or ask or stop, but is 'panic'.",
            "graphs/w.yaml:6:45: error: 'time' of 'budget' of the workflow should be a time such as 30s, 10m or 1h, but is 'soon'.",
            "graphs/w.yaml:7:19: error: There is no routing policy 'rule'. Did you mean 'rules'?",
            "graphs/w.yaml:7:59: error: In 'when': There is nothing named 'rol' to read here. Did you mean 'role'?",
            "graphs/w.yaml:7:78: error: The router does not use a tier 'big'. There is: small.",
            "graphs/w.yaml:9:18: error: There is no agent 'planer': neither under 'agents:' in this file nor as agents/planer.yaml. Did you mean 'planner'?",
            "graphs/w.yaml:9:32: error: There is no node 'cod'. Did you mean 'code'?",
            "graphs/w.yaml:12:13: error: There is no tool 'workspace.raed'. Did you mean 'workspace.read'?",
            "graphs/w.yaml:15:23: error: In 'prompt': There is no field 'isue'. Did you mean 'issue'?",
            "graphs/w.yaml:19:18: error: The tool 'workspace.test' has no parameter 'comand'. Did you mean 'command'?",
            "graphs/w.yaml:20:28: error: In 'verify': A number cannot be compared with a text.",
            "graphs/w.yaml:21:29: error: In 'when': There is no node 'cod' to count the visits of. Did you mean 'code'?",
            "graphs/w.yaml:21:68: warning: The way to 'done' is never taken: the one to 'lost' before it has no condition.",
            "graphs/w.yaml:22:3: error: Nothing follows node 'lost'. Add next: NODE, or make it an end: succeeded.",
            "graphs/w.yaml:23:12: error: Node 'alone' has no key 'agnt'. Did you mean 'agent'?",
            "graphs/w.yaml:24:16: error: 'end' of node 'done' should be succeeded or failed, but is 'succeded'. Did you mean 'succeeded'?",
            "graphs/w.yaml:24:32: error: The run ends at 'done'; there is no next. Remove 'next'.",
        ]));
    }

    [Fact]
    public void OrThrow_lists_the_errors_only()
    {
        string message = Should.Throw<ConfigurationException>(() => _project.Load("name: a\nbudget: {}\nnodes: { a: { agent: coder } }").OrThrow()).Message;

        message.ShouldContain(":3:10: error:");
        message.ShouldNotContain("warning");
    }

    [Theory]
    [InlineData("", "1:1: error: The file should hold one YAML document")]
    [InlineData("- a\n- b", "1:1: error: The file should hold one YAML document")]
    [InlineData("name: w\nnodes: { a: { human: Really {{ b }}? } }", "2:29: error: This is not YAML: While parsing a flow mapping, did not find expected ',' or '}'. Texts with double braces go in quotes.")]
    [InlineData("name: [a, b", "2:1: error: This is not YAML")]
    [InlineData("a: &x [1]\nb: *x", "2:4: error: This is not YAML: aliases are not supported; write the value out.")]
    [InlineData("name: a\n---\nname: b", "1:1: error: The file should hold one YAML document")]
    public void What_is_not_a_workflow_file_is_told_as_such(string text, string expected) =>
        _project.Lines(_project.Load(text).Diagnostics).ShouldHaveSingleItem().ShouldStartWith("graphs/w.yaml:" + expected);

    [Theory]
    [InlineData("name: a\nname: b\nnodes: { done: { end: succeded } }", "2:1: error: 'name' is here twice; the first is in line 1.", "3:23: error:")]
    [InlineData("name: a\nnodes:\n  done: { end: succeeded }\n  done: { end: [1, { a: b }], next: { x: y } }\nnods: 1", "4:3: error: 'done' is here twice; the first is in line 3.", "5:1: error:")]
    public void A_key_that_is_there_twice_is_told_beside_other_mistakes(string text, params string[] expected)
    {
        IReadOnlyList<string> lines = [.. _project.Lines(_project.Load(text).Diagnostics)];

        lines.Count.ShouldBe(expected.Length, string.Join('\n', lines));
        foreach ((string line, string start) in lines.Zip(expected))
            line.ShouldStartWith("graphs/w.yaml:" + start);
    }

    [Fact]
    public void A_file_that_is_missing_large_or_no_text_is_one_error()
    {
        WorkflowLoader.Load(Path.Join(_project.Root, "none.yaml")).Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("cannot be read");
        _project.Load("# " + new string('x', 2_000_000)).Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("larger than");
        File.WriteAllBytes(Path.Join(_project.Root, "binary.yaml"), [0x6e, 0xff, 0xfe, 0x00]);
        WorkflowLoader.Load(Path.Join(_project.Root, "binary.yaml")).Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("UTF-8");
    }

    [Fact]
    public void Workflows_that_run_each_other_in_a_circle_are_told_with_the_chain()
    {
        const string text = "name: {0}\nnodes:\n  go: {{ workflow: {1}, next: done }}\n  done: {{ end: succeeded }}\n";
        _project.With("graphs/b.yaml", string.Format(null, text, "b", "c.yaml"));
        _project.With("graphs/c.yaml", string.Format(null, text, "c", "b.yaml"));

        _project.Lines(_project.Load(string.Format(null, text, "a", "b.yaml")).Diagnostics)
            .ShouldBe(["graphs/c.yaml:3:19: error: The workflows run each other in a circle: b.yaml → c.yaml → b.yaml."]);
    }

    [Fact]
    public void Mistakes_in_agent_files_are_told_at_their_place_once()
    {
        _project.With("agents/coder.yaml", "name: coder\ninstructions: Fix {{ test.output }}\ntools: [workspace.fly]\nskills: [juggle]\nmaxCalls: 0\n");
        _project.With("skills/juggling/SKILL.md", "---\nname: juggling\ndescription: Three balls.\n---\n# Juggling\n");

        string.Join('\n', _project.Lines(_project.Load(
            """
            name: w
            nodes:
              a: { agent: coder, next: b }
              b: { agent: coder, next: done }
              done: { end: succeeded }
            """).Diagnostics)).ShouldBe(string.Join('\n',
        [
            "agents/coder.yaml:2:22: error: In 'instructions': There is nothing named 'test' to read here. There is: inputs.",
            "agents/coder.yaml:3:9: error: There is no tool 'workspace.fly'. There is: workspace.read, workspace.write, workspace.edit, workspace.list, workspace.search, workspace.run, workspace.test, workspace.httpGet, workspace.",
            "agents/coder.yaml:4:10: error: There is no skill 'juggle' in skills. There is: juggling.",
            "agents/coder.yaml:5:11: error: 'maxCalls' of the agent should be a whole number from 1 to 1,000, but is '0'.",
        ]));
    }
}
