using System.Text.RegularExpressions;
using AgentRouter.Configuration;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using AgentRouter.Workflows.Yaml.ToolGraphs;
using NJsonSchema;

namespace AgentRouter.Workflows.Tests.Yaml;

public sealed class SchemaTests : IDisposable
{
    private const string GoodAgent = "instructions: Do it.\ntools: workspace\nmaxCalls: 3\noutputSchema: { a: text, b: [number], c: { d: boolean }, e: list }\n";

    private const string Page = "facts: { path: text }\ntools: { read: { tool: workspace.read, provides: page, needs: path, effect: none } }\n";

    private readonly TestProject _project = new();

    public static TheoryData<string> Shipped =>
        [.. RepositoryFiles.In("graphs", "*.yaml").Concat(RepositoryFiles.In("agents", "*.yaml")).Select(file => Path.GetRelativePath(RepositoryFiles.Root, file))];

    public static TheoryData<string, string> Good => new()
    {
        { "agent", GoodAgent },
        { "workflow", WorkflowWith("a: { agent: x, next: done, onError: done, timeout: 10m }") },
        { "workflow", WorkflowWith("a: { agent: { instructions: Do it. }, conversation: keep, next: [ done ] }") },
        { "workflow", WorkflowWith("a: { route: [ { agent: x, when: \"visits('a') < 2\" }, { agent: { name: z, instructions: Do it. } }, { skip: true } ], kind: k, prompt: p, next: done }") },
        { "workflow", WorkflowWith("a: { route: [ { agent: x }, { agent: y } ], fanOut: 2, refiner: x, next: done }") },
        { "workflow", WorkflowWith("a: { map: { over: inputs.l, node: { route: [ { agent: x } ] } }, next: done }") },
        { "workflow", "router: { preferences: p.json }\n" + WorkflowWith("a: { agent: x, next: done }") },
        { "workflow", "router: { preferences: { file: p.json, exploration: 0.2, seed: 3 } }\n" + WorkflowWith("a: { agent: x, next: done }") },
        { "agent", GoodAgent + "skills: { topK: 2, embeddings: local, maxTokens: 900, rerank: model, names: [], from: ., learn: false }" },
        { "agent", GoodAgent + "skills: { rerank: judge }" },
        { "workflow", "skills: { topK: 5, maxTokens: 900, rerank: default, from: [.], feedback: f.json }\n" + WorkflowWith("a: { agent: x, skills: { topK: 1 }, next: done }") },
        { "agent", GoodAgent + "memory: project:shop" },
        { "agent", GoodAgent + "memory: [project:shop, 'user:{{ inputs.user }}']" },
        { "agent", GoodAgent + "memory: false" },
        { "workflow", "memory: { read: project:shop, write: project:shop, tokens: 800, topK: 6, tools: true, remembers: turns }\n" + WorkflowWith("a: { agent: x, memory: { remembers: none }, next: done }") },
        { "workflow", "memory: { read: project:shop, write: project:shop, remembers: facts, effort: auto }\n" + WorkflowWith("a: { agent: x, next: done }") },
        { "workflow", "memory: project:shop\n" + WorkflowWith("a: { agent: x, memory: false, next: done }") },
        { "workflow", WorkflowWith("a: { branch: [ { when: \"true\", to: done }, { to: done } ] }") },
        { "workflow", WorkflowWith("a: { branch: , next: done }") },
        { "workflow", WorkflowWith("a: { agent: x, retry: { attempts: 3, delay: 2s }, next: done }") },
        { "workflow", WorkflowWith("a: { parallel: { branches: { b: { tool: workspace.test, retry: { attempts: 2 } } } }, next: done }") },
        { "workflow", WorkflowWith("a: { parallel: { branches: { b: { tool: workspace.test } }, join: 1, grants: { b: { usd: 0.1 } } }, next: done }") },
        { "workflow", WorkflowWith("a: { map: { over: inputs.l, node: { human: \"{{ item }}?\" } }, next: done }") },
        { "workflow", WorkflowWith("a: { human: { question: Go?, choices: [yes, 2], default: yes, timeout: 5m }, next: done }") },
        { "workflow", "tools: { graph: tools/g.yaml }\n" + WorkflowWith("a: { capability: page, arguments: { path: a.md }, acceptLesser: true, next: b }\n  b: { agent: x, tools: [capability.page], requires: page, next: done }") },
        { "tool-graph", Page },
        { "tool-graph", ToolGraphs.GraphFiles.Support.Replace("shop.", "mcp.shop.", StringComparison.Ordinal) },
        { "configuration", "providers: { o: { kind: openai, apiKey: OPENAI_API_KEY } }\nmodels: { gpt-5-mini: { provider: o, tier: small } }\ndefaults: { budget: { usd: 1 } }\n" },
        { "configuration", "providers: { o: { kind: openai, apiKey: K } }\nembeddings: { a: { onnx: models/a, device: cpu, maxTokens: 256, batch: 8 }, b: { provider: o, model: m, dimensions: 512, price: { input: 0.02 }, taskPrefix: 'query: ', skillPrefix: 'passage: ' } }" },
        { "configuration", "rerankers: { judge: { onnx: models/r, device: auto, maxTokens: 512, depth: 20 } }" },
        { "configuration", "memory: { folder: out }" },
        { "configuration", "memory: out" },
        { "configuration", "runs: { folder: out, durability: sync }\naccounts: { anna: { usd: 5, per: day }, team: { usd: 0.5 } }\naccount: anna" },
    };

    public static TheoryData<string, string> Bad => new()
    {
        { "agent", "name: a" },
        { "agent", GoodAgent + "tool: x" },
        { "agent", "instructions: x\nmaxCalls: 0" },
        { "agent", "instructions: x\noutputSchema: { a: string }" },
        { "agent", "instructions: x\nskills: { topK: 21 }" },
        { "agent", "instructions: x\nskills: { rerank: [sideways] }" },
        { "workflow", "skills: { names: [a] }\n" + WorkflowWith("a: { agent: x, next: done }") },
        { "agent", GoodAgent + "memory: true" },
        { "agent", GoodAgent + "memory: { tokens: 99 }" },
        { "agent", GoodAgent + "memory: { write: [project:a, project:b] }" },
        { "workflow", "memory: { remembers: everything }\n" + WorkflowWith("a: { agent: x, next: done }") },
        { "workflow", WorkflowWith("a: { agent: x, memory: { raed: project:a }, next: done }") },
        { "workflow", "nodes: { done: { end: succeeded } }" },
        { "workflow", "name: w" },
        { "workflow", WorkflowWith("a: { next: done }") },
        { "workflow", WorkflowWith("a: { agent: x, tool: y, next: done }") },
        { "workflow", WorkflowWith("a: { agent: x, nxt: done }") },
        { "workflow", WorkflowWith("a: { agent: x, retry: { delay: 2s }, next: done }") },
        { "workflow", WorkflowWith("a: { agent: x, retry: { attempts: 1 }, next: done }") },
        { "workflow", WorkflowWith("a: { human: Go?, retry: { attempts: 2 }, next: done }") },
        { "workflow", WorkflowWith("a: { route: [ { agent: x, skip: true } ], next: done }") },
        { "workflow", WorkflowWith("a: { route: [ { when: \"true\" } ], next: done }") },
        { "workflow", WorkflowWith("a: { route: [], next: done }") },
        { "workflow", WorkflowWith("a: { route: [ { agent: x } ], fanOut: 0, next: done }") },
        { "workflow", "router: { preferences: { exploration: 2 } }\n" + WorkflowWith("a: { agent: x, next: done }") },
        { "workflow", WorkflowWith("a: { end: done }") },
        { "workflow", WorkflowWith("a: { end: failed, next: done }") },
        { "workflow", WorkflowWith("a: { map: { over: x, node: { agent: y, next: z } } }") },
        { "workflow", "budget: { usd: -1 }\n" + WorkflowWith("a: { end: failed }") },
        { "workflow", "budget: { time: soon }\n" + WorkflowWith("a: { end: failed }") },
        { "workflow", "inputs: { a: string }\n" + WorkflowWith("a: { end: failed }") },
        { "workflow", "tools: { graph: tools/g.yaml }\n" + WorkflowWith("a: { capability: page, tool: workspace.test, next: done }") },
        { "workflow", WorkflowWith("a: { tool: workspace.test, acceptLesser: 1, next: done }") },
        { "workflow", "tools: { graph: tools/g.yaml }\n" + WorkflowWith("a: { capability: '', next: done }") },
        { "tool-graph", "goals: { a: b }" },
        { "tool-graph", "tools: { read: { tool: mcp.shop.x } }" },
        { "tool-graph", Page + "fact: {}\n" },
        { "tool-graph", Page.Replace("effect: none", "effect: never", StringComparison.Ordinal) },
        { "tool-graph", Page.Replace("effect: none", "cost: -1", StringComparison.Ordinal) },
        { "tool-graph", Page.Replace("effect: none", "attempts: 0", StringComparison.Ordinal) },
        { "tool-graph", Page.Replace("effect: none", "timeout: soon", StringComparison.Ordinal) },
        { "tool-graph", Page.Replace("text", "string", StringComparison.Ordinal) },
        { "tool-graph", Page + "goals: { g: { needs: page, lesser: { needs: page } } }\n" },
        { "tool-graph", Page + "goals: { g: { lesser: [] } }\n" },
        { "configuration", "providers: { o: { kind: openai, apiKey: sk-123 } }" },
        { "configuration", "providers: { o: { kind: azure } }" },
        { "configuration", "models: { m: { provider: o } }" },
        { "configuration", "models: { m: { provider: o, tier: small, price: cheap } }" },
        { "configuration", "model: {}" },
        { "configuration", "embeddings: { a: { model: m } }" },
        { "configuration", "embeddings: { a: { onnx: a, dimensions: 3 } }" },
        { "configuration", "embeddings: { a: { onnx: a, device: tpu } }" },
        { "configuration", "providers: { o: { kind: ollama } }\nembeddings: { a: { provider: o, model: m, price: { output: 1 } } }" },
        { "configuration", "providers: { o: { kind: ollama } }\nembeddings: { a: { provider: o, model: m, maxTokens: 3 } }" },
        { "configuration", "rerankers: { a: { device: cpu } }" },
        { "configuration", "rerankers: { a: { onnx: a, depth: 1 } }" },
        { "configuration", "runs: { durability: memory }" },
        { "configuration", "runs: { path: x }" },
        { "configuration", "memory: { path: x }" },
        { "configuration", "accounts: { anna: { per: day } }" },
        { "configuration", "accounts: { anna: { usd: 0 } }" },
        { "configuration", "accounts: { anna: { usd: 1, per: week } }" },
    };

    public void Dispose() => _project.Dispose();

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Every_shipped_file_is_valid(string file)
    {
        string kind = file.StartsWith("agents", StringComparison.Ordinal) ? "agent" : "workflow";

        (await ProblemsOf(kind, await File.ReadAllTextAsync(Path.Join(RepositoryFiles.Root, file)))).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task What_loads_is_valid(string kind, string text)
    {
        Load(kind, text).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        (await ProblemsOf(kind, text)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_does_not_load_is_not_valid(string kind, string text)
    {
        Load(kind, text).ShouldContain(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        (await ProblemsOf(kind, text)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("workflow", "", "zzzzzzzzzz: 1\nname: w")]
    [InlineData("agent", "", "zzzzzzzzzz: 1\ninstructions: x")]
    [InlineData("configuration", "", "zzzzzzzzzz: 1")]
    [InlineData("tool-graph", "", "zzzzzzzzzz: 1")]
    [InlineData("tool-graph", "tool", "tools: { a: { zzzzzzzzzz: 1 } }")]
    [InlineData("tool-graph", "goal", "goals: { a: { zzzzzzzzzz: 1 } }")]
    [InlineData("workflow", "budget", "budget: { zzzzzzzzzz: 1 }")]
    [InlineData("workflow", "grant", "nodes: { a: { workflow: x.yaml, grant: { zzzzzzzzzz: 1 } } }")]
    [InlineData("workflow", "agentNode", "nodes: { a: { agent: x, zzzzzzzzzz: 1 } }")]
    [InlineData("workflow", "routeNode", "nodes: { a: { route: [], zzzzzzzzzz: 1 } }")]
    [InlineData("workflow", "toolNode", "nodes: { a: { tool: x, zzzzzzzzzz: 1 } }")]
    [InlineData("workflow", "branchNode", "nodes: { a: { branch: , zzzzzzzzzz: 1 } }")]
    [InlineData("workflow", "parallelNode", "nodes: { a: { parallel: {}, zzzzzzzzzz: 1 } }")]
    [InlineData("workflow", "mapNode", "nodes: { a: { map: {}, zzzzzzzzzz: 1 } }")]
    [InlineData("workflow", "humanNode", "nodes: { a: { human: x, zzzzzzzzzz: 1 } }")]
    [InlineData("workflow", "workflowNode", "nodes: { a: { workflow: x, zzzzzzzzzz: 1 } }")]
    [InlineData("workflow", "endNode", "nodes: { a: { end: failed, zzzzzzzzzz: 1 } }")]
    [InlineData("configuration", "models", "models: { a: { zzzzzzzzzz: 1 } }")]
    [InlineData("configuration", "embeddings", "embeddings: { a: { zzzzzzzzzz: 1 } }")]
    [InlineData("configuration", "rerankers", "rerankers: { a: { zzzzzzzzzz: 1 } }")]
    [InlineData("configuration", "providers", "providers: { a: { zzzzzzzzzz: 1 } }")]
    [InlineData("configuration", "accounts", "accounts: { a: { zzzzzzzzzz: 1 } }")]
    [InlineData("configuration", "mcp", "mcp: { a: { zzzzzzzzzz: 1 } }")]
    [InlineData("configuration", "defaults", "defaults: { zzzzzzzzzz: 1 }")]
    public async Task The_schema_has_the_keys_that_the_loader_knows(string kind, string part, string text)
    {
        Diagnostic unknown = Load(kind, text).First(diagnostic => diagnostic.Message.Contains("zzzzzzzzzz"));
        IEnumerable<string> known = Regex.Match(unknown.Suggestion!, @"There is: (.*)\.$").Groups[1].Value.Split(", ");
        // the loader knows these of an end only to say that it has none
        if (part == "endNode")
            known = known.Except(["next", "onError"]);

        JsonSchema schema = await SchemaOf(kind);
        JsonSchema at = part switch
        {
            "" => schema,
            "goal" => schema.Definitions[part].AnyOf.Last(),
            "defaults" => schema.Properties[part].ActualSchema,
            "models" or "embeddings" or "rerankers" or "providers" or "mcp" or "accounts" => schema.Properties[part].ActualSchema.AdditionalPropertiesSchema!.ActualSchema,
            _ => schema.Definitions[part],
        };
        at.Properties.Keys.ShouldBe(known, ignoreOrder: true);
    }

    private static string WorkflowWith(string node) =>
        $"name: w\ninputs: {{ l: list }}\nagents: {{ x: {{ instructions: Do it. }}, y: {{ instructions: Do it. }} }}\nnodes:\n  {node}\n  done: {{ end: succeeded }}\n"
            .Replace("inputs: { l: list }\n", node.Contains("inputs.l") ? "inputs: { l: list }\n" : "", StringComparison.Ordinal);

    private IReadOnlyList<Diagnostic> Load(string kind, string text)
    {
        _project.With("file.yaml", text).With("tools/g.yaml", Page);
        string path = Path.Join(_project.Root, "file.yaml");
        return kind switch
        {
            "agent" => AgentLoader.Load(path).Diagnostics,
            "workflow" => WorkflowLoader.Load(path).Diagnostics,
            "tool-graph" => ToolGraphLoader.Load(path, new WorkflowLoadOptions { Configuration = new RouterConfiguration { McpServers = new Dictionary<string, McpServerSettings> { ["shop"] = new() { Name = "shop", Command = "shop" } } } }).Diagnostics,
            _ => ConfigurationLoader.Load(path).Diagnostics,
        };
    }

    private static Task<JsonSchema> SchemaOf(string kind) =>
        JsonSchema.FromFileAsync(Path.Join(RepositoryFiles.Root, "docs/schemas", kind + ".schema.json"));

    private static async Task<IReadOnlyList<string>> ProblemsOf(string kind, string yaml)
    {
        var (_, root) = YamlFile.Parse(yaml, "file.yaml", "file.yaml", new DiagnosticBag()).ShouldNotBeNull();
        string json = JsonValues.From(root)!.ToJsonString();
        return [.. (await SchemaOf(kind)).Validate(json).Select(problem => problem.ToString())];
    }
}
