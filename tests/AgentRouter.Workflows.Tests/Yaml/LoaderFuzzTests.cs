using System.Diagnostics;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using AgentRouter.Workflows.Yaml.ToolGraphs;
using CsCheck;

namespace AgentRouter.Workflows.Tests.Yaml;

public sealed class LoaderFuzzTests : IDisposable
{
    private const string Seed =
        """
        name: w
        inputs: { issue: text, list: { type: list, default: [a] } }
        budget: { usd: 0.25, time: 10m, reserveForWrapUp: 10% }
        router: { policy: rules, tiers: [small], rules: [ { when: "visit > 1", tier: small } ] }
        agents: { a: { instructions: "Do {{ inputs.issue }}", outputSchema: { ok: boolean, all: [text] } } }
        nodes:
          one: { agent: a, next: [ { when: "one.ok", to: two }, { to: three } ] }
          two: { parallel: { branches: { x: { agent: a }, y: { tool: workspace.test } }, join: all, grants: { x: { usd: 0.1 } } }, next: three }
          three: { map: { over: inputs.list, as: it, node: { human: "{{ it }}?" } }, next: four }
          four: { workflow: w.yaml, inputs: {}, next: done }
          done: { end: succeeded, answer: "{{ three }}" }
        providers: { p: { kind: openai, apiKey: KEY } }
        models: { m: { provider: p, tier: small, price: free } }
        """;

    private static readonly string[] Pieces =
        [":", " ", "\n", "\n  ", "- ", "{", "}", "[", "]", ",", "'", "\"", "|", ">", "&a", "*a", "!t", "#", "?", "%", "~", "{{", "}}", "\\", "\t", "\0", "é", "1", "-1", "null", "next: one", "<<: ", "---\n", "..."];

    private readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Any_text_loads_or_gives_diagnostics_and_quickly()
    {
        string[] kinds = ["graphs/w.yaml", "agents/a.yaml", "agentrouter.yaml"];
        long started = Stopwatch.GetTimestamp();
        Texts().Sample(
            text =>
            {
                foreach (string kind in kinds)
                {
                    _project.With(kind, text);
                    string path = Path.Join(_project.Root, kind);
                    IReadOnlyList<Diagnostic> diagnostics = kind switch
                    {
                        "graphs/w.yaml" => WorkflowLoader.Load(path).Diagnostics,
                        "agents/a.yaml" => AgentLoader.Load(path).Diagnostics,
                        _ => ConfigurationLoader.Load(path).Diagnostics,
                    };
                    diagnostics.ShouldAllBe(diagnostic => diagnostic.Message.Length > 0 && diagnostic.ToString().Contains(": "));
                }
            },
            iter: 250,
            threads: 1);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Any_text_of_a_tool_graph_loads_or_gives_diagnostics_and_quickly()
    {
        const string workflow = "name: w\ntools: { graph: tools/g.yaml }\nagents: { a: { instructions: Do it., tools: [capability] } }\nnodes:\n  one: { capability: refund, arguments: { order_id: a, amount: 1 }, next: two }\n  two: { agent: a, requires: refund, next: done }\n  done: { end: succeeded, answer: \"{{ one.id }}\" }\n";
        _project.With("graphs/w.yaml", workflow);
        long started = Stopwatch.GetTimestamp();
        Texts(ToolGraphs.GraphFiles.Support.Replace("shop.", "workspace.", StringComparison.Ordinal)).Sample(
            text =>
            {
                _project.With("graphs/tools/g.yaml", text);
                ToolGraphLoader.Load(Path.Join(_project.Root, "graphs/tools/g.yaml")).Diagnostics
                    .Concat(WorkflowLoader.Load(Path.Join(_project.Root, "graphs/w.yaml")).Diagnostics)
                    .ShouldAllBe(diagnostic => diagnostic.Message.Length > 0 && diagnostic.Location.File != null);
            },
            iter: 250,
            threads: 1);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    /// <summary>The seed with a few pieces cut out, put in, or put elsewhere.</summary>
    private static Gen<string> Texts(string seed = Seed) =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 12], Gen.Int[0, Pieces.Length - 1]).Array[0, 6].Select(edits =>
        {
            string text = seed.ReplaceLineEndings("\n");
            foreach ((int place, int cut, int piece) in edits)
            {
                int at = place % (text.Length + 1);
                text = text[..at] + Pieces[piece] + text[Math.Min(text.Length, at + cut)..];
            }

            return text;
        });
}
