using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Workflows.Tests.Yaml;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Tests.Validation;

/// <summary>One thing that is wrong at a time, at its place.</summary>
public sealed class YamlValidationTests : IDisposable
{
    private readonly TestProject _project = new TestProject().WithAgents("coder");

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("a: { agent: coder, tool: workspace.test, next: done }", "4:3", "Node 'a' is agent and tool at once.")]
    [InlineData("a: { next: done }", "4:3", "Node 'a' does not say what it is.")]
    [InlineData("a: ", "4:3", "Node 'a' is empty.")]
    [InlineData("a: text", "4:6", "Node 'a' should be a mapping of 'key: value', but is 'text'.")]
    [InlineData("a: { agent: coder, next: { done: x } }", "4:28", "'next' of node 'a' should be the name of a node or a list.")]
    [InlineData("a: { agent: coder, next: [ { when: \"visits('a') <\", to: done }, { to: done } ] }", "4:52", "In 'when' of the way in 'next' of node 'a': A value should be here, not the end.")]
    [InlineData("a: { agent: coder, next: [ { when: \"a\", to: done }, { to: done } ] }", "4:39", "In 'when': A condition is true or false, but this is a text; compare it with something.")]
    [InlineData("a: { agent: coder, output: done, next: done }", "4:30", "The output 'done' of node 'a' has the name of another node or output.")]
    [InlineData("a: { agent: coder, onError: dne, next: done }", "4:31", "There is no node 'dne'. Did you mean 'done'?")]
    [InlineData("a: { agent: coder, timeout: 0, next: done }", "4:31", "'timeout' is above zero.")]
    [InlineData("a: { agent: coder, retry: { attempts: 3, delay: 2h }, next: done }", "4:29", "The delay of 'retry' is above zero, at most an hour.")]
    [InlineData("a: { agent: coder, retry: { attempts: 30 }, next: done }", "4:41", "'attempts' of 'retry'")]
    [InlineData("a: { agent: coder, outputSchema: { ok: bool }, next: done }", "4:42", "There is no type 'bool'. Did you mean 'boolean'?")]
    [InlineData("a: { agent: ../agents/non.yaml, next: done }", "4:15", "There is no agent file '../agents/non.yaml'. The path starts at this file's folder.")]
    [InlineData("a: { tool: workspace, next: done }", "4:14", "'workspace' stands for several tools; a tool node calls one.")]
    [InlineData("a: { tool: workspace.read, arguments: { path: x, lines: [ \"{{ a }}\" ] }, next: done }", "4:61", "Expressions in double braces are filled in only in texts, not within lists and mappings.")]
    [InlineData("a: { parallel: { branches: { b: { agent: coder, next: done } } }, next: done }", "4:57", "A node inside another one has no 'next'. Give it to the node around it.")]
    [InlineData("a: { parallel: { branches: { b: { end: failed } } }, next: done }", "4:32", "A end node cannot stand inside a parallel node.")]
    [InlineData("a: { parallel: { branches: { b: { agent: coder } }, join: 3 }, next: done }", "4:61", "'join' is 3, but there are 1 branches.")]
    [InlineData("a: { parallel: { branches: { b: { agent: coder } }, grants: { c: { usd: 0.1 } } }, next: done }", "4:65", "There is no branch 'c' to grant anything.")]
    [InlineData("a: { parallel: { branches: { b: { agent: coder }, c: { agent: coder } }, grants: { b: { usd: 0.7 }, c: { usd: 0.4 } } }, next: done }", "4:96", "The grants of node 'a' are more than the budget: usd 1.1 of 1, of which 0.1 is kept for the last answer.")]
    [InlineData("a: { map: { over: inputs, node: { agent: coder } }, next: done }", "4:21", "'over' should be a list, but 'inputs' is a object.")]
    [InlineData("a: { map: { over: \"[1]\", node: { agent: coder } }, next: done }", "4:22", "In 'over' of 'map' of node 'a': A value should be here, not '['.")]
    [InlineData("a: { map: { over: error.message, as: done, node: { agent: coder } }, next: done }", "4:21", "'over' should be a list, but 'error.message' is a text.")]
    [InlineData("a: { agent: coder, memory: shop, next: done }", "4:30", "'shop' is not a memory scope: write user:NAME, agent:NAME, workflow:NAME or project:NAME.")]
    [InlineData("a: { agent: coder, memory: { read: [project:a, projct:b] }, next: done }", "4:50", "'projct:b' is not a memory scope: write user:NAME, agent:NAME, workflow:NAME or project:NAME. Did you mean 'project'?")]
    [InlineData("a: { agent: coder, memory: { write: 'project:' }, next: done }", "4:39", "'project:' is not a memory scope: a name has 1 to 200 characters.")]
    [InlineData("a: { agent: coder, memory: 'user:{{ a }}', next: done }", "4:39", "In the memory scope: There is nothing named 'a' to read here.")]
    [InlineData("a: { agent: coder, memory: '{{ inputs.nobody }}:x', next: done }", "4:41", "In the memory scope: There is no field 'nobody'. A scope reads inputs alone.")]
    [InlineData("a: { agent: coder, memory: { remembers: turns, read: project:a }, next: done }", "4:43", "There is no scope to remember it in. Add write: project:NAME.")]
    [InlineData("a: { agent: coder, memory: { remembers: facts, read: project:a }, next: done }", "4:43", "There is no scope to remember it in. Add write: project:NAME.")]
    [InlineData("a: { agent: coder, memory: { effort: hard, read: project:a }, next: done }", "4:40", "'effort' of 'memory' of node 'a' should be low or medium or high or auto, but is 'hard'.")]
    [InlineData("a: { agent: coder, memory: { topK: 3 }, next: done }", "4:30", "The memory of agent 'coder' has no scope. Add read: [project:NAME], write: project:NAME, or both.")]
    [InlineData("a: { agent: coder, memory: { topK: 51, read: project:a }, next: done }", "4:38", "'topK' of 'memory' of node 'a' should be a whole number from 0 to 50, but is '51'.")]
    [InlineData("a: { agent: coder, memory: { rembers: turns, read: project:a }, next: done }", "4:32", "'memory' of node 'a' has no key 'rembers'. Did you mean 'remembers'?")]
    [InlineData("a: { agent: { instructions: x, context: 100 }, next: done }", "4:43", "'context' of the agent of node 'a' should be a number of tokens from 200, or a share of the model's window above 0 and at most 1, but is '100'.")]
    [InlineData("a: { agent: { instructions: x, context: { tokens: 1.5 } }, next: done }", "4:53", "'tokens' of 'context' of the agent of node 'a' should be a number of tokens from 200")]
    [InlineData("a: { agent: { instructions: x, context: { tokens: 0.4, strategy: sumarize } }, next: done }", "4:68", "'strategy' of 'context' of the agent of node 'a' should be keepLast or summarize or recall or auto or none, but is 'sumarize'. Did you mean 'summarize'?")]
    [InlineData("a: { agent: { instructions: x, context: { keepLast: 0, tokens: 900 } }, next: done }", "4:55", "'keepLast' of 'context' of the agent of node 'a' should be a whole number from 1 to 1,000, but is '0'.")]
    [InlineData("a: { agent: { instructions: x, context: { keeplast: 3, tokens: 900 } }, next: done }", "4:45", "'context' of the agent of node 'a' has no key 'keeplast'. Did you mean 'keepLast'?")]
    [InlineData("a: { agent: { instructions: x, context: { keepLast: 3 } }, next: done }", "4:43", "The context has no limit. Add tokens: 24000, or a share of the model's window: tokens: 0.4.")]
    [InlineData("a: { agent: { instructions: x, context: { lookAhead: 11, tokens: 900 } }, next: done }", "4:56", "'lookAhead' of 'context' of the agent of node 'a' should be a whole number from 1 to 10, but is '11'.")]
    [InlineData("a: { agent: { instructions: x, context: { strategy: recall, lookAhead: 3, tokens: 900 } }, next: done }", "4:74", "'lookAhead' tries what the strategy leaves open, but the strategy is set. Write strategy: auto, or take lookAhead away.")]
    [InlineData("a: { agent: coder, memory: { remembers: turn, write: project:a }, next: done }", "4:43", "'remembers' of 'memory' of node 'a' should be none or turns or answers or facts, but is 'turn'. Did you mean 'turns'?")]
    [InlineData("a: { route: coder, next: done }", "4:15", "'route' of node 'a' should be a list of candidates.")]
    [InlineData("a: { route: [], next: done }", "4:15", "A route node has at least one agent to choose. Add { agent: NAME }.")]
    [InlineData("a: { route: [ { skip: true } ], next: done }", "4:15", "A route node has at least one agent to choose.")]
    [InlineData("a: { route: [ { agent: codr } ], next: done }", "4:26", "There is no agent 'codr': neither under 'agents:' in this file nor as ")]
    [InlineData("a: { route: [ { agent: coder, skip: true } ], next: done }", "4:17", "The candidate of node 'a' is an agent or a skip, one of them. Write { agent: NAME } or { skip: true }.")]
    [InlineData("a: { route: [ { skip: false }, { agent: coder } ], next: done }", "4:17", "The candidate of node 'a' is an agent or a skip, one of them.")]
    [InlineData("a: { route: [ { agnt: coder } ], next: done }", "4:19", "The candidate of node 'a' has no key 'agnt'. Did you mean 'agent'?")]
    [InlineData("a: { route: [ { agent: coder, when: \"a\" }, { skip: true } ], next: done }", "4:40", "In 'when': A condition is true or false, but this is a text; compare it with something.")]
    [InlineData("a: { route: [ { agent: coder }, { agent: coder } ], next: done }", "4:35", "There are two candidates 'coder'. Join their conditions with 'or'; give agents that are written here names.")]
    [InlineData("a: { route: [ { agent: { name: skip, instructions: Do. } } ], next: done }", "4:17", "An agent named 'skip' cannot be a candidate: the name stands for doing nothing.")]
    [InlineData("a: { route: [ { agent: { name: x, instructions: Do., tools: [ workspace.fly ] } } ], next: done }", "4:65", "There is no tool 'workspace.fly'.")]
    [InlineData("a: { route: [ { agent: coder }, { agent: { name: b, instructions: Do. } } ], fanOut: 2, next: done }", "4:88", "Node 'a' may ask 2 agents at once, but nobody merges their answers. Add refiner: AGENT.")]
    [InlineData("a: { route: [ { agent: coder }, { skip: true } ], fanOut: 2, refiner: coder, next: done }", "4:61", "'fanOut' is 2, but the agents to choose from are 1.")]
    [InlineData("a: { route: [ { agent: coder } ], refiner: coder, next: done }", "4:46", "Node 'a' has a refiner, but asks one agent at a time. Add fanOut: 2.")]
    [InlineData("a: { route: [ { agent: coder } ], kind: \"{{ nothing }}\", next: done }", "4:47", "In 'kind': There is nothing named 'nothing' to read here.")]
    [InlineData("a: { human: { question: Go?, choices: [yes, no], default: maybe }, next: done }", "4:61", "The default 'maybe' is not one of the choices. There is: yes, no.")]
    [InlineData("a: { human: { choices: [yes, no] }, next: done }", "4:15", "'human' of node 'a' has no 'question'.")]
    [InlineData("a: { workflow: inner.yaml, inputs: { topc: x }, next: done }", "4:40", "The workflow 'inner' has no input 'topc'. Did you mean 'topic'?")]
    [InlineData("a: { workflow: inner.yaml, inputs: { topic: x, count: many }, next: done }", "", "")]
    [InlineData("a: { workflow: inner.yaml, inputs: { topic: x, count: true }, next: done }", "4:57", "The input 'count' takes a number, not true.")]
    [InlineData("a: { workflow: inner.yaml, next: done }", "4:6", "The workflow 'inner' needs the input 'topic'. Add inputs: { topic: … }.")]
    [InlineData("a: { workflow: iner.yaml, next: done }", "4:18", "There is no workflow file 'iner.yaml' beside this file. Did you mean 'inner.yaml'?")]
    [InlineData("a: { end: failed, answer: \"{{ nothing }}\" }", "4:33", "In 'answer': There is nothing named 'nothing' to read here.")]
    [InlineData("error: { agent: coder, next: done }", "4:3", "'error' cannot be the name of a node: it means something else in expressions and records.")]
    [InlineData("my-node: { agent: coder, next: done }", "4:3", "'my-node' cannot be the name of a node: expressions could not read it. Use letters, digits and underscores, such as 'myNode'.")]
    public void A_mistake_in_a_node_is_told_at_its_place(string node, string place, string message)
    {
        _project.With("graphs/inner.yaml", "name: inner\ninputs: { topic: text, count: { type: number, default: 1 } }\nnodes: { done: { end: succeeded } }\n");
        string text = $"name: w\nbudget: {{ usd: 1 }}\nnodes:\n  {node}\n  done: {{ end: succeeded }}\n";
        IReadOnlyList<string> lines = _project.Lines(_project.Load(text).Diagnostics);

        if (place.Length == 0)
            lines.ShouldBeEmpty();
        else
            lines.ShouldContain(line => line.StartsWith($"graphs/w.yaml:{place}: error: {message}", StringComparison.Ordinal), string.Join('\n', lines));
    }

    [Theory]
    [InlineData("calls: 4", "calls: 3", "")]
    [InlineData("calls: 4", "calls: 4", "calls 4 of 4, of which 1 is kept for the last answer.")]
    [InlineData("steps: 40", "steps: 37", "steps 37 of 40, of which 4 is kept for the last answer.")]
    [InlineData("usd: 1, reserveForWrapUp: 20%", "usd: 0.8", "")]
    [InlineData("usd: 1, reserveForWrapUp: 20%", "usd: 0.9", "usd 0.9 of 1, of which 0.2 is kept for the last answer.")]
    [InlineData("usd: 1, onExceeded: stop", "usd: 1", "")]
    [InlineData("usd: 1, onExceeded: stop", "usd: 1.5", "usd 1.5 of 1.")]
    [InlineData("usd: 1, reserveForWrapUp: 0%", "usd: 1", "")]
    public void Grants_leave_the_reserve_for_the_last_answer_alone(string budget, string grant, string message)
    {
        string text = $"name: w\nbudget: {{ {budget} }}\nnodes:\n  a: {{ parallel: {{ branches: {{ b: {{ agent: coder }}, c: {{ agent: coder }} }}, grants: {{ b: {{ {grant} }} }} }}, next: done }}\n  done: {{ end: succeeded }}\n";
        IReadOnlyList<string> lines = _project.Lines(_project.Load(text).Diagnostics);

        if (message.Length == 0)
            lines.ShouldBeEmpty();
        else
            lines.ShouldContain(line => line.EndsWith(message, StringComparison.Ordinal), string.Join('\n', lines));
    }

    [Fact]
    public void What_is_probably_not_meant_is_a_warning()
    {
        var result = _project.Load(
            """
            name: w
            inputs: { folder: { type: directory, default: nowhere } }
            budget: { mode: enforce }
            router: { policy: always-small, rules: [ { tier: small }, { tier: large } ] }
            nodes:
              a: { agent: coder, next: [ { when: "visits('a') < 2", to: a }, { when: "visits('a') < 3", to: done } ] }
              done: { end: succeeded }
            """);

        result.Succeeded.ShouldBeTrue();
        string.Join('\n', _project.Lines(result.Diagnostics)).Replace(_project.Root, "ROOT", StringComparison.Ordinal).ShouldBe(string.Join('\n',
        [
            "graphs/w.yaml:2:47: warning: The folder 'nowhere' does not exist. Paths start at the project's folder, ROOT.",
            "graphs/w.yaml:3:9: warning: The budget sets no limit, so nothing is enforced. Add usd, tokens, calls, steps or time.",
            "graphs/w.yaml:4:40: warning: The policy 'always-small' does not read rules. Set policy: rules.",
            "graphs/w.yaml:4:59: warning: This rule is never reached: the one before it always matches.",
            "graphs/w.yaml:6:66: warning: The run fails at 'a' if none of these conditions holds. Add a last way without 'when'.",
        ]));
    }

    [Fact]
    public void What_is_probably_not_meant_of_candidates_is_a_warning() =>
        _project.Lines(_project.Load(
            """
            name: w
            nodes:
              a: { route: [ { skip: true }, { agent: coder } ], next: b }
              b: { route: [ { agent: coder, when: "visits('a') < 2" }, { skip: true, when: "visits('a') > 2" } ], next: done }
              done: { end: succeeded }
            """).Diagnostics).ShouldBe(
        [
            "graphs/w.yaml:3:33: warning: The candidate 'coder' is never chosen: the skip before it has no condition. Move the skip to the end, or give it a 'when'.",
            "graphs/w.yaml:4:60: warning: Node 'b' fails if none of these conditions holds. Add a candidate without 'when', or { skip: true }.",
        ]);

    [Theory]
    [InlineData("skills: fixing", "")]
    [InlineData("skills: [fixing]", "")]
    [InlineData("skills: { topK: 2, maxTokens: 900, rerank: none, names: [fixing], from: [../skills], learn: false }", "")]
    [InlineData("skills: [fxing]", "4:66: error: There is no skill 'fxing' in skills. Did you mean 'fixing'?")]
    [InlineData("skills: { names: [fixing, fxing] }", "4:83: error: There is no skill 'fxing' in skills. Did you mean 'fixing'?")]
    [InlineData("skills: { names: [broken] }", "4:75: error: The skill 'broken' cannot be used. skills/broken/SKILL.md:2:1: error: The front matter has no 'description'.")]
    [InlineData("skills: { topK: 21 }", "4:73: error: 'topK' of 'skills' of the agent of node 'a' should be a whole number from 0 to 20, but is '21'.")]
    [InlineData("skills: { maxTokens: 12 }", "4:78: error: 'maxTokens' of 'skills' of the agent of node 'a' should be a whole number from 100 to 16,000, but is '12'.")]
    [InlineData("skills: { ranker: none.json }", "4:75: error: There is no ranker")]
    [InlineData("skills: { rerank: nne }", "4:75: error: There is no reranker 'nne' in the configuration. Did you mean 'none'?")]
    [InlineData("skills: { topk: 3 }", "4:67: error: 'skills' of the agent of node 'a' has no key 'topk'. Did you mean 'topK'?")]
    [InlineData("skills: { from: [../skils] }", "4:74: error: There is no folder skils. Did you mean 'skills'?")]
    [InlineData("skills: { from: w.yaml }", "4:73: error: graphs/w.yaml is no index of skills. Make one with 'agentrouter skills index PATH --index FILE'.")]
    [InlineData("skills: { from: [w.yaml, ../skills] }", "4:74: error: graphs/w.yaml is a file, which stands alone. Name folders, or one index that was made of all of them.")]
    [InlineData("skills: { topK: 0 }", "4:65: error: The skills of agent 'a' offer nothing. Name some, or let topK find some.")]
    [InlineData("skills: { learn: false, feedback: f.json }", "4:91: error: Nothing is kept in this file, because 'learn' is false. Leave out one of the two.")]
    [InlineData("skills: { feedback: w.yaml }", "4:77: error: ")]
    [InlineData("maxCalls: 1, skills: { topK: 1 }", "4:78: warning: Agent 'a' has no call left to open a skill. Raise its maxCalls.")]
    public void A_mistake_in_the_skills_of_an_agent_is_told_at_its_place(string skills, string message)
    {
        _project.With("skills/fixing/SKILL.md", "---\nname: fixing\ndescription: How to fix.\n---\nFix.\n").With("skills/broken/SKILL.md", "---\nname: broken\n---\nNo.\n");
        string text = $"name: w\nbudget: {{ usd: 1 }}\nnodes:\n  a: {{ agent: {{ instructions: Do it., tools: workspace, {skills} }}, next: done }}\n  done: {{ end: succeeded }}\n";

        IReadOnlyList<string> lines = _project.Lines(_project.Load(text).Diagnostics);

        if (message.Length == 0)
            lines.ShouldBeEmpty();
        else
            lines.ShouldHaveSingleItem().ShouldStartWith("graphs/w.yaml:" + message);
    }

    [Fact]
    public void What_a_workflow_says_of_skills_counts_for_its_agents()
    {
        _project.With("library/fixing/SKILL.md", "---\nname: fixing\ndescription: How to fix.\n---\nFix.\n");
        const string Nodes = "nodes:\n  a: { agent: { instructions: Do it., skills: [fixing] }, skills: { topK: 1 }, next: done }\n  done: { end: succeeded }\n";

        _project.Lines(_project.Load("name: w\nskills: { from: ../library }\n" + Nodes).Diagnostics).ShouldBeEmpty();
        _project.Lines(_project.Load("name: w\nskills: { from: ../libary, names: [fixing] }\n" + Nodes).Diagnostics).ShouldContain("graphs/w.yaml:2:17: error: There is no folder libary. Did you mean 'library'?");
        _project.Lines(_project.Load("name: w\n" + Nodes).Diagnostics).ShouldContain("graphs/w.yaml:3:67: warning: There is no folder skills to find skills in. Make it, or name folders under 'from'.");
    }

    [Theory]
    [InlineData("embeddings: local", "")]
    [InlineData("embeddings: paid, from: skills.index", "")]
    [InlineData("embeddings: loca", "4:88: error: There are no embeddings 'loca' in the configuration. Did you mean 'local'?")]
    [InlineData("embeddings: paid", "4:65: error: The embeddings 'paid' cost money, so folders are not embedded in a run. Make an index with 'agentrouter skills index PATH --index FILE --embeddings paid', and name it: from: FILE.")]
    public void Embeddings_that_are_not_there_and_surprises_on_the_bill_are_told_at_their_place(string embeddings, string message)
    {
        _project.With("skills/fixing/SKILL.md", "---\nname: fixing\ndescription: How to fix.\n---\nFix.\n");
        _project.With("graphs/w.yaml", "");
        SkillIndexFile.Save(SkillIndex.Empty, Path.Join(_project.Root, "graphs/skills.index"));
        string text = $"name: w\nbudget: {{ usd: 1 }}\nnodes:\n  a: {{ agent: {{ instructions: Do it., tools: workspace, skills: {{ topK: 2, {embeddings} }} }}, next: done }}\n  done: {{ end: succeeded }}\n";
        var configuration = new RouterConfiguration
        {
            Embeddings = new Dictionary<string, EmbeddingProfile>
            {
                ["local"] = new() { Name = "local", Onnx = "/models/a", Prices = ModelPrices.Free },
                ["paid"] = new() { Name = "paid", Provider = "p", ModelId = "m", Prices = new ModelPrices(1, 0) },
            },
        };

        IReadOnlyList<string> lines = _project.Lines(_project.Load(text, new WorkflowLoadOptions { Configuration = configuration }).Diagnostics);

        if (message.Length == 0)
            lines.ShouldBeEmpty();
        else
            lines.ShouldBe(["graphs/w.yaml:" + message]);
    }

    [Theory]
    [InlineData("judge", true, "")]
    [InlineData("model", true, "")]
    [InlineData("juge", true, "There is no reranker 'juge' in the configuration. Did you mean 'judge'?")]
    [InlineData("modle", true, "There is no reranker 'modle' in the configuration. Did you mean 'model'?")]
    [InlineData("modle", false, "There is no reranker 'modle' in the configuration. Did you mean 'model'?")]
    [InlineData("judge", false, "")]
    public void A_reranker_that_is_not_there_is_told_at_its_place(string name, bool isConfigured, string message)
    {
        _project.With("skills/fixing/SKILL.md", "---\nname: fixing\ndescription: How to fix.\n---\nFix.\n");
        _project.With("graphs/w.yaml", "");
        string text = $"name: w\nbudget: {{ usd: 1 }}\nskills: {{ rerank: {name} }}\nnodes:\n  a: {{ agent: {{ instructions: Do it., tools: workspace, skills: {{ topK: 2 }} }}, next: done }}\n  done: {{ end: succeeded }}\n";
        var configuration = new RouterConfiguration { Rerankers = new Dictionary<string, RerankerProfile> { ["judge"] = new() { Name = "judge", Onnx = "/models/a" } } };

        IReadOnlyList<string> lines = _project.Lines(_project.Load(text, new WorkflowLoadOptions { Configuration = isConfigured ? configuration : null }).Diagnostics);

        lines.ShouldBe(message.Length == 0 ? [] : ["graphs/w.yaml:3:19: error: " + message]);
    }

    [Fact]
    public void Preferences_that_cannot_be_read_are_told_at_their_place()
    {
        const string Workflow = "name: w\nrouter: {{ preferences: {0} }}\nnodes: {{ done: {{ end: succeeded }} }}\n";
        _project.With("graphs/bad.json", "nonsense");

        string[] Of(string preferences) => [.. _project.Lines(_project.Load(Workflow.Replace("{0}", preferences, StringComparison.Ordinal).Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)).Diagnostics)];
        Of("good.json").ShouldBeEmpty();
        Of("bad.json").Single().ShouldStartWith("graphs/w.yaml:2:24: error: ");
        Of("bad.json").Single().ShouldContain("graphs/bad.json cannot be the preferences of agents: it is not JSON");
        Of("{ file: bad.json }").Single().ShouldStartWith("graphs/w.yaml:2:32: error: ");
        Of("{ exploration: 2 }").Single().ShouldStartWith("graphs/w.yaml:2:39: error: 'exploration' of 'preferences' of 'router' of the workflow should be a number from 0 to 1, but is '2'.");
        Of("{ sed: 2 }").Single().ShouldEndWith("has no key 'sed'. Did you mean 'seed'?");
    }

    [Fact]
    public void A_branch_reads_its_own_output_and_a_map_its_element() =>
        _project.LoadRight(
            """
            name: w
            inputs: { files: list }
            nodes:
              all:
                parallel:
                  branches:
                    tests: { tool: workspace.test, verify: "tests.exitCode == 0" }
                next: each
              each:
                map: { over: inputs.files, node: { agent: coder, prompt: "{{ index + 1 }} {{ item }} {{ all.tests.output }}" } }
                next: done
              done: { end: succeeded, answer: "{{ each[0] }}" }
            """);

    [Fact]
    public void The_element_of_a_map_has_the_lists_type() =>
        _project.Lines(_project.Load(
            """
            name: w
            inputs: { files: list }
            nodes:
              each:
                map: { over: inputs.files, node: { agent: coder, prompt: "{{ item.name }}" } }
                next: done
              done: { end: succeeded }
            """).Diagnostics).ShouldBe(["graphs/w.yaml:5:71: error: In 'prompt': A text has no field 'name'."]);
}
